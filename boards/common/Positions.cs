// SPDX-License-Identifier: MIT
// Offsets of the frames of a call stack. Finding one means lowering its function once more: frames that are alike share one, and the work ends
// when it has been as much as loading the module a few times.
namespace Wamr.Nano.Boards;

internal unsafe struct Positions
{
    /// <summary>Frames that are remembered, and modules' worth of bytes that are lowered for a call stack.</summary>
    private const int Kept = 8, Modules = 4;

    private fixed uint _functions[Kept];
    private fixed uint _positions[Kept];
    private fixed uint _offsets[Kept];
    private uint _count;
    private uint _spent;

    /// <summary>Module offset of the instruction a frame is at; <see cref="ErrorInfo.Unknown"/> where that is not known, or would take too long.</summary>
    internal static uint Of(Positions* p, CallFrame* frame)
    {
        for (uint n = 0; n < Kept && n < p->_count; n++)
            if (p->_functions[n] == frame->Function && p->_positions[n] == frame->Position) return p->_offsets[n];
        Module* module = frame->Instance->Module;
        uint bytes = Bytes(module, frame->Function);
        if (p->_spent > module->Size * Modules) return ErrorInfo.Unknown;
        // One pass measures the function, one finds the place.
        p->_spent += 2 * bytes;
        uint at = p->_count++ % Kept;
        p->_functions[at] = frame->Function;
        p->_positions[at] = frame->Position;
        p->_offsets[at] = Profile.WasmOffset(frame);
        return p->_offsets[at];
    }

    /// <summary>Bytes of a function's body; 0 if it has none in the module: an image's.</summary>
    private static uint Bytes(Module* module, uint function)
    {
        if (module->Functions[function].Entry == 0) return 0;
        ByteReader r = Read.Over(module->Bytes, module->Bytes + module->Functions[function].Entry, module->Bytes + module->Size);
        return Read.U32(&r);
    }
}
