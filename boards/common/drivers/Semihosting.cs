// SPDX-License-Identifier: MIT
// Semihosting of Arm and RISC-V: the debugger or emulator ends the run. Without one the call returns and the board waits for ever.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Semihosting
{
    private const uint ExitExtended = 0x20, ApplicationExit = 0x20026;

    [DllImport("firmware", EntryPoint = "wn_semihost")]
    private static extern uint Call(uint operation, void* argument);

    /// <summary>Ends the run with an exit code.</summary>
    internal static void Exit(uint code)
    {
        nuint* block = stackalloc nuint[2];
        block[0] = ApplicationExit;
        block[1] = code;
        Call(ExitExtended, block);
    }
}
