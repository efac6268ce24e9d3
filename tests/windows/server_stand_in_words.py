"""The name and the class of the stand-in, for both sides: it is read here and in Windows Python."""

CLASS, NAME = "{6F0B9D52-3B47-4C55-9D5E-5B1F2C7A9E10}", "DipSamplingTest.Desk"
