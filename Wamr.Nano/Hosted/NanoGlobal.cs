// SPDX-License-Identifier: MIT
// An exported global (spec chapter 4.2.9).
using System;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>A global that an instance exports or a host defined. Valid until the instance is disposed or the definition ends.</summary>
/// <example>
/// <code>
/// NanoGlobal level = app.GetGlobal("level");
/// if (level.IsMutable) level.Value = (int)level.Value + 1;
/// </code>
/// </example>
public sealed unsafe class NanoGlobal
{
    private readonly NanoInstance _instance;
    private readonly uint _index;

    internal NanoGlobal(NanoInstance instance, uint index) => (_instance, _index) = (instance, index);

    /// <summary>The type of the value.</summary>
    public WasmType Type => (WasmType)Declaration->Type;

    /// <summary>Whether the value may be set.</summary>
    public bool IsMutable => Declaration->Mutable != 0;

    /// <summary>The current value.</summary>
    /// <exception cref="InvalidOperationException">A constant global is set, or the new value has another type.</exception>
    public WasmValue Value
    {
        get
        {
            WasmValue value = WasmValue.FromSlots(Declaration->Type, Globals.Cell(_instance.Pointer, _index));
            GC.KeepAlive(this);
            return value;
        }
        set
        {
            if (!IsMutable) throw new InvalidOperationException("the global is constant");
            if (value.Type != Type) throw new InvalidOperationException($"the global is an {Type}, not an {value.Type}");
            _instance.Store(value, Globals.Cell(_instance.Pointer, _index));
            GC.KeepAlive(this);
        }
    }

    private Global* Declaration => &_instance.Pointer->Module->Globals[_index];
}
