// SPDX-License-Identifier: MIT
// Proves that a C program accesses nothing beyond the place where its memory would be cut, or says what prevents the proof.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Wamr.Nano.Xip.Analysis;

namespace Wamr.Nano.Tool.Trimming;

/// <summary>
/// C and Rust promise that what is reckoned from the address of a variable stays inside that variable. So an access is where the memory
/// would be cut off only if its address was not reckoned from a variable: where it comes from another number, from memory, from the host.
/// This follows every number of every function until nothing new is found (see <see cref="FunctionFlow"/>), and doubts each access that is
/// not reckoned from a variable that can be seen, nor has an address known to be below. What the host gets to know is doubted too where it
/// could be an address above.
/// </summary>
internal sealed unsafe class AddressProof
{
    /// <summary>Instructions that are looked at, again and again, before a module is given up.</summary>
    private const long MostSteps = 20_000_000;

    private readonly bool[] _isReached, _isOpen;
    private readonly Origin[][] _parameters;
    private readonly Origin[] _results, _globals;
    private readonly HashSet<uint> _takenFunctions, _openGlobals = [];
    private long _steps;
    private bool _isChanged;

    private AddressProof(Module* module, MemoryShape shape, uint stackPointer)
    {
        Module = module;
        (Shape, StackPointer) = (shape, stackPointer);
        _isReached = new bool[module->FunctionCount];
        _isOpen = new bool[module->FunctionCount];
        _results = new Origin[module->FunctionCount];
        _globals = new Origin[module->GlobalCount];
        _parameters = new Origin[module->FunctionCount][];
        for (uint i = 0; i < module->FunctionCount; i++) _parameters[i] = new Origin[TypeOf(i)->ParamCount];
        _takenFunctions = Taken();
    }

    /// <summary>Why the memory cannot be cut; null if it can.</summary>
    /// <param name="module">A loaded module with its own memory, which its code neither grows nor measures.</param>
    /// <param name="shape">Where everything lies.</param>
    /// <param name="stackPointer">The global that is C's stack pointer; <see cref="Core.Wasm.Module.NoIndex"/> without one.</param>
    internal static string? Doubt(Module* module, MemoryShape shape, uint stackPointer)
    {
        AddressProof proof = new(module, shape, stackPointer);
        proof.Globals();
        proof.Open();
        do
        {
            proof._isChanged = false;
            for (uint i = module->ImportedFunctions; i < module->FunctionCount && proof.Found == null; i++)
                if (proof._isReached[i]) new FunctionFlow(proof, i).Follow();
        }
        while (proof._isChanged && proof.Found == null);
        return proof.Found;
    }

    internal Module* Module { get; }

    internal MemoryShape Shape { get; }

    internal uint StackPointer { get; }

    /// <summary>The first doubt.</summary>
    internal string? Found { get; private set; }

    internal FuncType* TypeOf(uint function) => &Module->Types[Module->Functions[function].TypeIndex];

    internal Origin Parameter(uint function, int index) => _parameters[function][index];

    internal Origin Result(uint function) => function < Module->ImportedFunctions ? Origin.Foreign : _results[function];

    internal Origin Global(uint index) => index == StackPointer ? Origin.Frame(0, 0) : _globals[index];

    internal void Doubted(string what, uint offset) =>
        Found ??= string.Create(CultureInfo.InvariantCulture, $"{what} at offset 0x{offset:x}");

    /// <summary>Counts an instruction; false if there were too many.</summary>
    internal bool Step(uint offset)
    {
        if (++_steps > MostSteps) Doubted("the code is too complex to follow", offset);
        return Found == null;
    }

    /// <summary>A call of one of the module's functions, by its arguments in order.</summary>
    internal void Called(uint function, ReadOnlySpan<Origin> arguments)
    {
        _isChanged |= !_isReached[function];
        _isReached[function] = true;
        for (int i = 0; i < arguments.Length; i++) Grow(ref _parameters[function][i], MemoryShape.Passed(arguments[i]));
    }

    /// <summary>A call through a table: any function of the type whose reference is about.</summary>
    internal void CalledByReference(uint type, ReadOnlySpan<Origin> arguments)
    {
        foreach (uint function in _takenFunctions)
            if (function >= Module->ImportedFunctions && Module->Functions[function].TypeIndex == Module->Types[type].Canonical)
                Called(function, arguments);
    }

    /// <summary>A function ends, with its first result where that is an i32.</summary>
    internal void Returns(uint function, Origin value, uint offset)
    {
        if (_isOpen[function] && Shape.TellsOfCutMemory(value)) Doubted("the host gets an address above the data as a result", offset);
        Grow(ref _results[function], MemoryShape.Passed(value));
    }

    internal void GlobalIsSet(uint index, Origin value, uint offset)
    {
        if (index < Module->ImportedGlobals || _openGlobals.Contains(index))
        {
            if (Shape.TellsOfCutMemory(value)) Doubted("the host gets an address above the data in a global", offset);
            return;
        }
        Grow(ref _globals[index], MemoryShape.Passed(value));
    }

    private void Grow(ref Origin to, Origin value)
    {
        Origin grown = Shape.Widen(to, value);
        _isChanged |= grown != to;
        to = grown;
    }

    /// <summary>The initial values of globals. Globals that others can set may have any value.</summary>
    private void Globals()
    {
        Export export;
        for (bool more = Exports.First(Module, &export); more; more = Exports.Next(Module, &export))
            if (export.Kind == ExternKind.Global && Module->Globals[export.Index].Mutable != 0) _openGlobals.Add(export.Index);
        for (uint i = 0; i < Module->GlobalCount; i++)
        {
            uint value = 0;
            bool isKnown = i >= Module->ImportedGlobals && !_openGlobals.Contains(i)
                && HeapBase.Constant(Module, Module->Globals[i].Entry, &value);
            _globals[i] = isKnown ? Origin.Exactly((int)value) : Origin.Foreign;
        }
    }

    /// <summary>Functions the host can call, with arguments that may be anything.</summary>
    private void Open()
    {
        Export export;
        bool isTableOpen = Module->ImportedTables != 0;
        for (bool more = Exports.First(Module, &export); more; more = Exports.Next(Module, &export))
        {
            if (export.Kind == ExternKind.Func) Open(export.Index);
            isTableOpen |= export.Kind == ExternKind.Table;
        }
        if (Module->Info->StartFunction != Core.Wasm.Module.NoIndex) Open(Module->Info->StartFunction);
        // Imports get hold of references in arguments, too.
        foreach (uint function in isTableOpen || Module->ImportedFunctions != 0 && HasReferences() ? _takenFunctions : []) Open(function);
    }

    private void Open(uint function)
    {
        if (function < Module->ImportedFunctions) return;
        _isOpen[function] = true;
        Called(function, Enumerable.Repeat(Origin.Foreign, TypeOf(function)->ParamCount).ToArray());
    }

    /// <summary>Whether functions of the module take or give references.</summary>
    private bool HasReferences()
    {
        for (uint i = 0; i < Module->TypeCount; i++)
        {
            FuncType* type = &Module->Types[i];
            if (new ReadOnlySpan<byte>(FuncTypes.Params(type), type->ParamCount)
                .ContainsAny((byte)ValType.FuncRef, (byte)ValType.ExternRef))
                return true;
        }
        return false;
    }

    /// <summary>Functions whose references get about: in segments, globals and code.</summary>
    private HashSet<uint> Taken()
    {
        HashSet<uint> taken = [];
        for (uint segment = 0; segment < Module->ElemCount; segment++) taken.UnionWith(Elements.FunctionsOf(Module, segment));
        for (uint global = Module->ImportedGlobals; global < Module->GlobalCount; global++)
            taken.UnionWith(Elements.FunctionsIn(Module, Module->Globals[global].Entry));
        for (uint i = Module->ImportedFunctions; i < Module->FunctionCount; i++)
            taken.UnionWith(BodyCode.Of(Module, i).Where(item => item.Op == Opcode.RefFunc).Select(item => item.Index));
        return taken;
    }
}
