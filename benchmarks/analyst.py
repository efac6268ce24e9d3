"""What an analyst would write today: pandas.read_excel, filters, to_excel. The yardstick of `bench_narrow.py`.

python analyst.py EXPORT.xlsx RESULT.xlsx
"""

import sys

import pandas as pd

CHOSEN = ["2A", "3C", "10A", "11A", "12A", "13A", "14A", "18A", "18B", "18C", "19A", "19B", "19C"]

export, result = sys.argv[1:]
frame = pd.read_excel(export, dtype={"Case number": str})
frame["DOB"] = pd.to_datetime(frame["DOB"], errors="coerce", dayfirst=True)
frame["Date of referral"] = pd.to_datetime(frame["Date of referral"], errors="coerce", dayfirst=True)
born, seen = frame["DOB"], frame["Date of referral"]
before_birthday = (seen.dt.month * 100 + seen.dt.day) < (born.dt.month * 100 + born.dt.day)
frame["Age at contact"] = seen.dt.year - born.dt.year - before_birthday.astype(int)

frame["Left at"] = ""
frame.loc[frame.duplicated(), "Left at"] = "duplicate"
here = frame["Left at"] == ""
frame.loc[here & (frame["Age at contact"] < 12), "Left at"] = "below 12"
here = frame["Left at"] == ""
pattern = r"\b(?:" + "|".join(CHOSEN) + r")\b"
frame.loc[here & ~frame["Assessment factors"].fillna("").str.contains(pattern), "Left at"] = "no category"
here = frame["Left at"] == ""
again = frame[here].sort_values("Date of referral").duplicated("Case number")
frame.loc[again[again].index, "Left at"] = "another contact"

with pd.ExcelWriter(result) as writer:
    frame.to_excel(writer, sheet_name="Long list", index=False)
    frame.loc[frame["Left at"] != "", ["Case number", "Left at"]].to_excel(writer, sheet_name="Excluded", index=False)
    frame.loc[frame["Left at"] == ""].to_excel(writer, sheet_name="Sample", index=False)
