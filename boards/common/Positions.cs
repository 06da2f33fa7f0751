// SPDX-License-Identifier: MIT
// Finds the offsets of the frames of a call stack. Finding one means lowering its function again. So equal frames share one offset, and the
// work ends when it has taken as much as loading the module a few times.
namespace Wamr.Nano.Boards;

internal unsafe struct Positions
{
    /// <summary>The number of remembered frames, and how many times the module's size may be lowered for a call stack.</summary>
    private const int Kept = 8, Modules = 4;

    private fixed uint _functions[Kept];
    private fixed uint _positions[Kept];
    private fixed uint _offsets[Kept];
    private uint _count;
    private uint _spent;

    /// <summary>
    /// The module offset of a frame's instruction; <see cref="ErrorInfo.Unknown"/> if it is unknown, or would take too long to find.
    /// </summary>
    internal static uint Of(Positions* p, CallFrame* frame)
    {
        for (uint n = 0; n < Kept && n < p->_count; n++)
            if (p->_functions[n] == frame->Function && p->_positions[n] == frame->Position) return p->_offsets[n];
        Module* module = frame->Instance->Module;
        uint bytes = Bytes(module, frame->Function);
        if (p->_spent > module->Size * Modules) return ErrorInfo.Unknown;
        // One pass measures the function, and one finds the position.
        p->_spent += 2 * bytes;
        uint at = p->_count++ % Kept;
        p->_functions[at] = frame->Function;
        p->_positions[at] = frame->Position;
        p->_offsets[at] = Profile.WasmOffset(frame);
        return p->_offsets[at];
    }

    /// <summary>The size of a function's body in bytes; 0 in an image, which has no bodies.</summary>
    private static uint Bytes(Module* module, uint function)
    {
        if (module->Functions[function].Entry == 0) return 0;
        ByteReader r = Read.Over(module->Bytes, module->Bytes + module->Functions[function].Entry, module->Bytes + module->Size);
        return Read.U32(&r);
    }
}
