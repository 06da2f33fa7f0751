// SPDX-License-Identifier: MIT
// Opens the frame of a function whose arguments are in place. RegCode describes its layout.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class Frames
{
    /// <summary>The number of slots that are cleared for one unit of fuel.</summary>
    private const uint SlotsPerUnit = Fuel.BytesPerUnit / sizeof(uint);

    /// <summary>The fuel that clearing the locals of a function costs, in addition to the unit of the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ClearedUnits(ushort* code) => (int)(code[RegCode.ZeroSlots] / SlotsPerUnit);

    /// <summary>
    /// Clears locals, copies constants, and stores the return address. The caller has checked that the frame fits. Returns the first
    /// instruction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Open(uint* fp, ushort* code, byte* returnTo, uint delta)
    {
        uint* slot = fp + code[RegCode.ParamSlots];
        for (uint n = code[RegCode.ZeroSlots]; n != 0; n--) *slot++ = 0;
        uint constants = code[RegCode.ConstSlots];
        code += RegCode.HeaderUnits;
        for (; constants != 0; constants--)
        {
            *slot++ = *(uint*)code;
            code += 2;
        }
        SaveArea.Set(slot, returnTo, delta);
        return (byte*)code;
    }
}
