// SPDX-License-Identifier: MIT
// An engine that answers as a board did: the runner judges the answers to a recorded script.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit.Spec;

namespace Wamr.Nano.Tests.Slow.Boards;

/// <summary>An answer: an error, or values.</summary>
internal sealed record SpecAnswer(WasmError Error, SpecValue[] Values);

/// <summary>
/// Modules are found by the number of the load, and what was done to an instance by its order: the runner does the same in both passes,
/// but for instances that it takes for lost after an error.
/// </summary>
internal sealed class SpecReplay : IEngine
{
    private readonly Dictionary<SpecRequest, Queue<SpecAnswer>> _answers = [];
    private readonly SpecForm _form;
    private int _loads;

    /// <summary>Takes the answers to the requests of one script, which was recorded in the same form.</summary>
    internal SpecReplay(IEnumerable<SpecRequest> requests, SpecForm form, BinaryReader answers, bool hosted)
    {
        _form = form;
        foreach (SpecRequest request in requests)
        {
            if (!_answers.TryGetValue(request, out Queue<SpecAnswer>? queue)) _answers[request] = queue = new();
            queue.Enqueue(Read(request.Command, answers));
        }
        if (!hosted) return;
        if (Next(SpecCommand.Load, ++_loads).Error != WasmError.None || Next(SpecCommand.Instantiate, _loads).Error != WasmError.None)
            throw new InvalidDataException("the board did not take module spectest");
    }

    public WasmError Load(byte[] binary, out nint module)
    {
        module = 0;
        WasmError error = _form(binary, out _);
        if (error != WasmError.None) return error;
        module = ++_loads;
        return Next(SpecCommand.Load, _loads).Error;
    }

    public WasmError Instantiate(nint module, out nint instance)
    {
        instance = module;
        return Next(SpecCommand.Instantiate, (int)module).Error;
    }

    public void Register(string name, nint instance)
    {
    }

    public WasmError Invoke(nint instance, string function, ReadOnlySpan<SpecValue> arguments, out SpecValue[] results)
    {
        SpecAnswer answer = Next(SpecCommand.Invoke, (int)instance);
        results = answer.Values;
        return answer.Error;
    }

    public WasmError ReadGlobal(nint instance, string name, out SpecValue value)
    {
        SpecAnswer answer = Next(SpecCommand.Global, (int)instance);
        value = answer.Error == WasmError.None ? answer.Values[0] : default;
        return answer.Error;
    }

    /// <summary>Bytes of the memory, and their digest.</summary>
    internal (uint Bytes, uint Digest) MemoryOf(nint instance)
    {
        SpecValue[] values = Next(SpecCommand.Memory, (int)instance).Values;
        return ((uint)values[0].Bits, (uint)values[1].Bits);
    }

    /// <summary>Whether each element of a table is null; tables in the order they were asked for.</summary>
    internal IEnumerable<bool> TableOf(nint instance) => Next(SpecCommand.Table, (int)instance).Values.Select(value => value.Bits != 0);

    public void Dispose()
    {
    }

    private SpecAnswer Next(SpecCommand command, int number) => _answers[new(command, number)].Dequeue();

    private static SpecAnswer Read(SpecCommand command, BinaryReader answers)
    {
        WasmError error = (WasmError)answers.ReadUInt16();
        if (error != WasmError.None || command is SpecCommand.Load or SpecCommand.Instantiate) return new(error, []);
        if (command == SpecCommand.Memory) return new(error, [Word(answers), Word(answers)]);
        if (command == SpecCommand.Table)
            return new(error, [.. answers.ReadBytes(answers.ReadInt32()).Select(isNull => new SpecValue(ValType.I32, isNull))]);
        SpecValue[] values = new SpecValue[command == SpecCommand.Invoke ? answers.ReadByte() : 1];
        for (int i = 0; i < values.Length; i++) values[i] = new((ValType)answers.ReadByte(), answers.ReadUInt64());
        return new(error, values);
    }

    private static SpecValue Word(BinaryReader answers) => new(ValType.I32, answers.ReadUInt32());
}
