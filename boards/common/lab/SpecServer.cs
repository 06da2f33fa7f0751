// SPDX-License-Identifier: MIT
// Runs a recorded test script: reads commands from the file that the plan's first argument names, writes answers to the second. The plan's
// slots say how: the fuel of a call before it is stopped and resumed (0: no limit), and whether allocations are made to fail (1).

namespace Wamr.Nano.Boards;

/// <summary>
/// Commands of a script: a byte, then the operands. Words are 32 bits, little-endian; text is its length in a word and the bytes. A module
/// and its instance have the number of the module's load since the start of the script, from 1.
/// </summary>
internal enum SpecCommand : byte
{
    /// <summary>The end of all scripts. No answer.</summary>
    End = 0,

    /// <summary>Begins a script with an empty pool. Answer: how the last one left the pool, 16 bits: 0, or an error.</summary>
    Script = 1,

    /// <summary>Bytes of a module (as text), a binary or an image. Answer: 16 bits of error.</summary>
    Load = 2,

    /// <summary>Number of a module. Answer: 16 bits of error; BadArgument where it was not loaded.</summary>
    Instantiate = 3,

    /// <summary>Number of an instance, and the module name (text) that imports find it by. No answer.</summary>
    Register = 4,

    /// <summary>
    /// Number of an instance, name of a function (text), count of argument slots (word), slots (words). Answer: 16 bits of error, then
    /// without one the result types' count (byte) and for each the type (byte) and value (two words).
    /// </summary>
    Invoke = 5,

    /// <summary>
    /// Number of an instance, name of a global (text). Answer: 16 bits of error, then without one type (byte) and value (two words).
    /// </summary>
    Global = 6,

    /// <summary>Number of an instance. Answer: 16 bits of error, then without one the memory's bytes and their digest (words).</summary>
    Memory = 7,

    /// <summary>
    /// Number of an instance, index of a table (word). Answer: 16 bits of error, then without one the count of elements (word) and a
    /// byte for each.
    /// </summary>
    Table = 8,
}

internal static unsafe class SpecServer
{
    private const uint Success = 0, NoFile = 3, EndTooEarly = 4, NoPool = 5;

    internal static uint Run()
    {
        RunPlan* plan = RunPlan.Get();
        MemoryRegion region = *plan->Regions;
        // The server's own state is at the start of the region, the pool of each script behind it.
        SpecState* s = (SpecState*)region.Start;
        uint own = ((uint)sizeof(SpecState) + 7) & ~7u;
        if (region.Bytes < own) return NoPool;
        *s = default;
        s->Pool.Start = region.Start + own;
        s->Pool.Bytes = region.Bytes - own;
        if (plan->Wasi.ArgCount != 2 || plan->SlotCount != 2) return NoFile;
        s->Fuel = plan->Slots[0];
        s->IsScarce = plan->Slots[1] != 0;
        if (!ByteStream.Open(&s->In, plan->Wasi.Args[0], 0) || !ByteStream.Open(&s->Out, plan->Wasi.Args[1], 1)) return NoFile;
        uint code = Commands(s);
        ByteStream.Flush(&s->Out);
        Console.Text("\x1Ewn:spec"u8);
        Console.Field("resumed"u8, s->Resumed);
        Console.Field("denied"u8, s->Denied);
        Console.Field("unclean"u8, s->Unclean);
        Console.NewLine();
        return code;
    }

    private static uint Commands(SpecState* s)
    {
        for (; ; )
        {
            SpecCommand command = (SpecCommand)ByteStream.Byte(&s->In);
            if (s->In.Ended) return EndTooEarly;
            if (command == SpecCommand.End)
            {
                ByteStream.PutHalf(&s->Out, (uint)SpecScript.Close(s));
                return Success;
            }
            if (command == SpecCommand.Script)
            {
                ByteStream.PutHalf(&s->Out, (uint)SpecScript.Close(s));
                if (!SpecScript.Open(s)) return NoPool;
            }
            else Execute(s, command);
        }
    }

    private static void Execute(SpecState* s, SpecCommand command)
    {
        if (command == SpecCommand.Load) ByteStream.PutHalf(&s->Out, (uint)SpecScript.Load(s));
        else if (command == SpecCommand.Instantiate) ByteStream.PutHalf(&s->Out, (uint)SpecScript.Instantiate(s, ByteStream.Word(&s->In)));
        else
        {
            SpecModule* m = SpecScript.Find(s, ByteStream.Word(&s->In));
            if (command == SpecCommand.Register) SpecScript.Register(s, m);
            else if (command == SpecCommand.Invoke) SpecCalls.Invoke(s, m);
            else if (command == SpecCommand.Memory) SpecStates.Memory(s, m);
            else if (command == SpecCommand.Table) SpecStates.Table(s, m, ByteStream.Word(&s->In));
            else SpecCalls.Global(s, m);
        }
    }
}
