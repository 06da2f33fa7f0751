// SPDX-License-Identifier: MIT
// An engine that runs nothing: it writes the commands it gets as a script for a board (boards/common/lab/SpecServer.cs).
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Wamr.Nano.Tests.TestKit.Spec;

namespace Wamr.Nano.Tests.Slow.Boards;

/// <summary>A command that is answered: what it was, and of which module or instance.</summary>
internal readonly record struct SpecRequest(SpecCommand Command, int Number);

/// <summary>Commands of a script; the values are those of the server.</summary>
internal enum SpecCommand : byte
{
    End = 0,
    Script = 1,
    Load = 2,
    Instantiate = 3,
    Register = 4,
    Invoke = 5,
    Global = 6,
    Memory = 7,
    Table = 8,
}

/// <summary>
/// Answers every command with success, so that the runner goes on; a module and its instance have the number of the load.
/// </summary>
internal sealed class SpecRecorder : IEngine
{
    private readonly BinaryWriter _script;
    private readonly SpecForm _form;

    /// <param name="script">Gets the commands.</param>
    /// <param name="form">What is written in place of a binary.</param>
    /// <param name="hosted">Whether the script may import from module spectest, which has a memory.</param>
    internal SpecRecorder(BinaryWriter script, SpecForm form, bool hosted)
    {
        _script = script;
        _form = form;
        _script.Write((byte)SpecCommand.Script);
        if (!hosted) return;
        Load(SpecTestHost.Module(), out nint module);
        Instantiate(module, out nint instance);
        Register("spectest", instance);
    }

    /// <summary>Commands that are answered, in order; the beginning of the script is not among them.</summary>
    internal List<SpecRequest> Requests { get; } = [];

    private int Loads { get; set; }

    public WasmError Load(byte[] binary, out nint module)
    {
        module = 0;
        WasmError error = _form(binary, out byte[] sent);
        if (error != WasmError.None) return error;
        module = ++Loads;
        Begin(SpecCommand.Load, Loads);
        _script.Write(sent.Length);
        _script.Write(sent);
        return WasmError.None;
    }

    public WasmError Instantiate(nint module, out nint instance)
    {
        instance = module;
        Begin(SpecCommand.Instantiate, (int)module);
        _script.Write((int)module);
        return WasmError.None;
    }

    public void Register(string name, nint instance)
    {
        _script.Write((byte)SpecCommand.Register);
        _script.Write((int)instance);
        Text(name);
    }

    public WasmError Invoke(nint instance, string function, ReadOnlySpan<SpecValue> arguments, out SpecValue[] results)
    {
        results = [];
        Begin(SpecCommand.Invoke, (int)instance);
        _script.Write((int)instance);
        Text(function);
        List<uint> slots = [];
        foreach (SpecValue value in arguments)
        {
            slots.Add((uint)value.Bits);
            if (ValTypes.Slots(value.Type) == 2) slots.Add((uint)(value.Bits >> 32));
        }
        _script.Write(slots.Count);
        foreach (uint slot in slots) _script.Write(slot);
        return WasmError.None;
    }

    public WasmError ReadGlobal(nint instance, string name, out SpecValue value)
    {
        value = default;
        Begin(SpecCommand.Global, (int)instance);
        _script.Write((int)instance);
        Text(name);
        return WasmError.None;
    }

    /// <summary>Asks for the memory of an instance.</summary>
    internal void AskMemory(nint instance)
    {
        Begin(SpecCommand.Memory, (int)instance);
        _script.Write((int)instance);
    }

    /// <summary>Asks for a table of an instance.</summary>
    internal void AskTable(nint instance, uint index)
    {
        Begin(SpecCommand.Table, (int)instance);
        _script.Write((int)instance);
        _script.Write(index);
    }

    public void Dispose()
    {
    }

    private void Begin(SpecCommand command, int number)
    {
        Requests.Add(new(command, number));
        _script.Write((byte)command);
    }

    private void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        _script.Write(utf8.Length);
        _script.Write(utf8);
    }
}
