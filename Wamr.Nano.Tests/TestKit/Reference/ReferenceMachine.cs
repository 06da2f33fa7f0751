// SPDX-License-Identifier: MIT
// The reference evaluator: a stack machine that reads the wasm bytes as they are. Simple, slow, and written without a look at the engine's.
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit.Reference;

/// <summary>A call that is under way.</summary>
internal sealed class ReferenceFrame(ReferenceFunction function)
{
    public ReferenceFunction Function { get; set; } = function;

    /// <summary>Module offset of the instruction it is at.</summary>
    public uint Offset { get; set; }
}

internal sealed class ReferenceMachine(List<ReferenceInstance> instances)
{
    /// <summary>Entries from the host that may be open at once.</summary>
    private const int MaxEntries = 255;

    private int _entries;

    /// <summary>Instances references may lead to.</summary>
    public List<ReferenceInstance> Instances { get; } = instances;

    /// <summary>
    /// Units left of the present slice: one a branch back to a loop, one a call by wasm or by a
    /// host function, one 64 bytes or elements of bulk.
    /// </summary>
    public ulong Fuel { get; set; }

    /// <summary>The most a slice has, and what is left for those to come.</summary>
    public ulong Slice { get; set; }
    public ulong Later { get; set; }

    /// <summary>Calls by the host since the run began.</summary>
    public uint Entered { get; set; }

    /// <summary>Calls of functions with code since the run began.</summary>
    public uint Calls { get; set; }

    /// <summary>Calls under way, or, after a trap, those that were; outermost first.</summary>
    public List<ReferenceFrame> Frames { get; } = [];

    /// <summary>After a trap in a call by a host function, those that were further in than it; outermost first.</summary>
    public List<ReferenceFrame> Inner { get; } = [];

    /// <summary>The trap that ends the run, once there is one.</summary>
    public WasmError Trap { get; set; }

    /// <summary>A call by the host, at the outset or from a host function. No results are given where it trapped.</summary>
    public ulong[] Enter(ReferenceFunction function, ulong[] arguments)
    {
        if (_entries != 0 && !Spend()) return [];
        if (_entries == MaxEntries)
        {
            Trap = WasmError.NativeStackOverflow;
            return [];
        }
        _entries++;
        Entered++;
        int frames = Frames.Count;
        ulong[] results = Call(function, arguments, false);
        _entries--;
        // Frames above a host function are gone when it hands the trap on: they have to be kept.
        if (Trap != WasmError.None && _entries != 0)
        {
            Inner.InsertRange(0, Frames[frames..]);
            Frames.RemoveRange(frames, Frames.Count - frames);
        }
        return results;
    }

    /// <summary>A call; one by wasm costs fuel, one of the host once it is back.</summary>
    public ulong[] Call(ReferenceFunction function, ulong[] arguments, bool charged)
    {
        if (function.Host != null)
        {
            ulong[] given = function.Host(arguments);
            return Trap != WasmError.None || (charged && !Spend()) ? [] : given;
        }
        ReferenceFrame frame = new(function);
        Frames.Add(frame);
        Calls++;
        if (charged && !Spend()) return [];
        while (true)
        {
            ReferenceActivation activation = new(this, frame, arguments);
            ulong[] results = activation.Run();
            if (Trap != WasmError.None) return [];
            if (activation.TailCall == null)
            {
                Frames.RemoveAt(Frames.Count - 1);
                return results;
            }
            frame.Function = activation.TailCall;
            arguments = results;
            if (!Spend()) return [];
        }
    }

    /// <summary>Takes fuel for what an instruction went over, as far as the slice has it.</summary>
    public void Charge(ulong length) => Fuel -= ulong.Min(length / 64, Fuel);

    /// <summary>Takes a unit of fuel; without any left the run ends.</summary>
    public bool Spend()
    {
        if (Fuel == 0) Later -= Fuel = ulong.Min(Slice, Later);
        if (Fuel == 0) Trap = WasmError.FuelExhausted;
        else Fuel--;
        return Trap == WasmError.None;
    }
}
