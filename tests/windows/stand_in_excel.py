"""What Windows and xlwings take for Excel, as far as finding it and its workbooks goes; it is started as EXCEL.EXE.

    start_windows([excel, "-I", "-u", "-c", STAND_IN])

Its windows have Excel's classes, and hand out an object as Excel's do (WM_GETOBJECT). No workbook is open in it. The
message SET_TURNS_AWAY, sent to its window with a number, says how many calls it turns away from then on, through the
message filter by which Excel itself does so while a cell is being edited; the answer is how many it has turned away.
The message PRESSES, posted to its window, lets it press Narrow down as the ribbon does, from its own thread; when it is
asked for its workbooks during that press it presses once more before it answers. It prints what came of each.
Sources: Microsoft's reference of IMessageFilter and of LresultFromObject.
"""

SET_TURNS_AWAY, PRESSES = 0x8001, 0x8002  # above what Windows sends
STAND_IN = (
    f"SET_TURNS_AWAY, PRESSES = {SET_TURNS_AWAY}, {PRESSES}\n"
    """
import ctypes
from ctypes import wintypes
import pythoncom, win32api, win32con, win32gui, win32com.client
from win32com.server.util import wrap
from xl_dipsample.addin.installing.desk_entries import PROG_ID

GET_OBJECT, NATIVE_OBJECT, REJECTED, HANDLED, WAIT = 0x3D, 0xFFFFFFF0, 1, 0, 2
left = turned_away = 0
calls_back = False
pythoncom.CoInitialize()

# a message filter, which pywin32 has none of: its six functions in the order of the interface
asked = ctypes.WINFUNCTYPE(ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
counted = ctypes.WINFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p)
number, any_ = ctypes.c_ulong, ctypes.c_void_p
comes_in = ctypes.WINFUNCTYPE(number, any_, number, any_, number, any_)
turned = ctypes.WINFUNCTYPE(number, any_, any_, number, number)

def itself(this, wanted, found):
    found[0] = this
    return 0

def incoming(this, kind, task, tick, which):
    global left, turned_away
    if not left:
        return HANDLED
    left -= 1
    turned_away += 1
    return REJECTED

functions = [asked(itself), counted(lambda this: 1), counted(lambda this: 1), comes_in(incoming)]
functions += [turned(lambda this, task, tick, kind: 0xFFFFFFFF), turned(lambda this, task, tick, kind: WAIT)]
table = (any_ * 6)(*(ctypes.cast(one, any_) for one in functions))
message_filter = (any_ * 1)(ctypes.addressof(table))
ctypes.oledll.ole32.CoRegisterMessageFilter(message_filter, ctypes.byref(any_()))

class Workbooks:
    _public_methods_, _public_attrs_ = [], ["Count"]
    Count = 0

class Excel:
    _public_methods_, _public_attrs_ = [], ["Application", "Hwnd", "Ready", "Visible", "Workbooks"]
    Ready = Visible = True

    @property
    def Application(self):
        return wrap(self)

    @property
    def Hwnd(self):
        return top

    @property
    def Workbooks(self):
        global calls_back
        if calls_back:
            calls_back = False
            press()
        return wrap(Workbooks())

def press():
    desk = win32com.client.Dispatch(win32com.client.GetActiveObject(PROG_ID))
    print("pressed:", desk.Press("narrow", top, "C:\\\\a folder\\\\working 2025.xlsx"), flush=True)

handed_out = wrap(Excel())
address = int(repr(handed_out).rpartition("obj at ")[2].rstrip(">"), 16)
hand_out = ctypes.windll.oleacc.LresultFromObject
hand_out.restype, hand_out.argtypes = ctypes.c_ssize_t, [any_, wintypes.WPARAM, any_]
dispatch = (ctypes.c_byte * 16).from_buffer_copy(bytes(memoryview(pythoncom.IID_IDispatch)))

def answer(window, message, word, more):
    global left, calls_back
    if message == PRESSES:
        calls_back = True
        press()
        return 0
    if message == SET_TURNS_AWAY:
        left = word
        return turned_away
    if message == GET_OBJECT and more & 0xFFFFFFFF == NATIVE_OBJECT:
        return hand_out(dispatch, word, address)
    return win32gui.DefWindowProc(window, message, word, more)

def window(kind, style, above=0, title=""):
    made = win32gui.WNDCLASS()
    made.lpszClassName, made.lpfnWndProc, made.hInstance = kind, answer, win32api.GetModuleHandle(None)
    win32gui.RegisterClass(made)
    return win32gui.CreateWindow(kind, title, style | win32con.WS_VISIBLE, 0, 0, 300, 200, above, 0, 0, None)

top = window("XLMAIN", win32con.WS_OVERLAPPEDWINDOW, title="stand-in for Excel")
window("EXCEL7", win32con.WS_CHILD, window("XLDESK", win32con.WS_CHILD, top))

print("shown", flush=True)
win32gui.PumpMessages()
"""
)
