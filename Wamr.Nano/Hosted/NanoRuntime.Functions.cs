// SPDX-License-Identifier: MIT
// Host functions: what apps import from .NET.
using System;
using System.Linq;
using Wamr.Nano.Core;

namespace Wamr.Nano;

public sealed unsafe partial class NanoRuntime
{
    /// <summary>
    /// Defines a host function that works on <see cref="WasmValue"/>s. Definitions hold for modules instantiated afterwards; the newest
    /// one of a name wins.
    /// </summary>
    /// <param name="module">Module name that apps import from.</param>
    /// <param name="name">Name of the function.</param>
    /// <param name="signature">Letters i I f F r (i32 i64 f32 f64 externref): <c>(iI)f</c>. An app that imports another type is refused.</param>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentException">The signature is not well-formed.</exception>
    /// <exception cref="WasmException">The pool is full.</exception>
    public void DefineFunction(string module, string name, string signature, HostFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        (ValType[] parameters, ValType[] results) = HostSignature.Parse(signature);
        Define(module, name, signature, (caller, slots) =>
        {
            Span<WasmValue> values = stackalloc WasmValue[parameters.Length + results.Length];
            uint* at = slots;
            for (int i = 0; i < parameters.Length; at += ValTypes.Slots(parameters[i++])) values[i] = WasmValue.FromSlots(parameters[i], at);
            Span<WasmValue> filled = values[parameters.Length..];
            function(caller, values[..parameters.Length], filled);
            at = slots;
            for (int i = 0; i < results.Length; i++)
            {
                if ((ValType)filled[i].Type != results[i]) throw new InvalidOperationException($"{module}.{name} promises {results[i]} and gave {filled[i].Type}");
                at += filled[i].ToSlots(at);
            }
        });
    }

    /// <summary>Defines a host function without parameters and result.</summary>
    public void DefineAction(string module, string name, Action function) => Define(module, name, "()", (_, _) => function());

    /// <summary>Defines a host function without result.</summary>
    public void DefineAction<T1>(string module, string name, Action<T1> function) where T1 : unmanaged =>
        Define(module, name, HostSignature.Of([Slot<T1>.Type]), (_, s) => function(Slot<T1>.Read(s)));

    /// <summary>Defines a host function without result.</summary>
    public void DefineAction<T1, T2>(string module, string name, Action<T1, T2> function) where T1 : unmanaged where T2 : unmanaged =>
        Define(module, name, HostSignature.Of([Slot<T1>.Type, Slot<T2>.Type]), (_, s) =>
            function(Slot<T1>.Read(s), Slot<T2>.Read(s + Slot<T1>.Count)));

    /// <summary>Defines a host function without parameters.</summary>
    public void DefineFunc<TResult>(string module, string name, Func<TResult> function) where TResult : unmanaged =>
        Define(module, name, HostSignature.Of([], Slot<TResult>.Type), (_, s) => Slot<TResult>.Write(s, function()));

    /// <summary>Defines a host function.</summary>
    public void DefineFunc<T1, TResult>(string module, string name, Func<T1, TResult> function) where T1 : unmanaged where TResult : unmanaged =>
        Define(module, name, HostSignature.Of([Slot<T1>.Type], Slot<TResult>.Type), (_, s) =>
            Slot<TResult>.Write(s, function(Slot<T1>.Read(s))));

    /// <summary>Defines a host function.</summary>
    public void DefineFunc<T1, T2, TResult>(string module, string name, Func<T1, T2, TResult> function)
        where T1 : unmanaged where T2 : unmanaged where TResult : unmanaged =>
        Define(module, name, HostSignature.Of([Slot<T1>.Type, Slot<T2>.Type], Slot<TResult>.Type), (_, s) =>
            Slot<TResult>.Write(s, function(Slot<T1>.Read(s), Slot<T2>.Read(s + Slot<T1>.Count))));

    /// <summary>
    /// Lets apps import WASI preview 1 (<c>wasi_snapshot_preview1</c>): arguments, environment, clocks, randomness, standard streams. Along with
    /// it come preview 0 (<c>wasi_unstable</c>) and AssemblyScript's <c>env.abort</c>, which prints its message on the error stream and traps.
    /// Functions defined with the same names come before these, whatever the order.
    /// </summary>
    /// <exception cref="WasmException">The pool is full.</exception>
    public void AddWasi()
    {
        Check(WasiAndKin.Register(Pointer));
        Host.HasWasi = true;
    }

    /// <summary>Lets apps import <c>sensor.read</c> (see <see cref="NanoRuntimeOptions.ReadSensor"/>) and <c>console.print</c>.</summary>
    /// <exception cref="WasmException">The pool is full.</exception>
    public void AddSensorModule()
    {
        // Not the core's functions, which native code calls by itself: a stream and a sensor may call the app, and a sensor may throw.
        Define("console", "print", "(*~)", NativeForm.Cells, &HostContext.Print, null);
        DefineFunc("sensor", "read", Host.ReadSensor);
    }

    private void Define(string module, string name, string signature, SlotsFunction function)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        Host.Functions.Add(function);
        Define(module, name, signature, NativeForm.Slots, &HostContext.Call, (void*)(Host.Functions.Count - 1));
    }

    private void Define(string module, string name, string signature, NativeForm form, delegate*<ExecEnv*, void*, void*, WasmError> function, void* userData)
    {
        Runtime* runtime = Pointer;
        NativeFunction* row = (NativeFunction*)_handle.Allocate((nuint)sizeof(NativeFunction));
        *row = default;
        row->Name = _handle.Text(name);
        row->Signature = _handle.Text(signature);
        row->Function = function;
        row->UserData = userData;
        row->Form = form;
        Check(Natives.Register(runtime, _handle.Text(module), row, 1));
    }
}

/// <summary>Signature strings of host functions.</summary>
internal static class HostSignature
{
    private const string Letters = "iIfFr";
    private static readonly ValType[] Types = [ValType.I32, ValType.I64, ValType.F32, ValType.F64, ValType.ExternRef];

    internal static string Of(ReadOnlySpan<ValType> parameters, ValType? result = null)
    {
        string text = "(";
        foreach (ValType type in parameters) text += Letter(type);
        return result is ValType r ? text + ")" + Letter(r) : text + ")";
    }

    /// <exception cref="ArgumentException">It is not of the form <c>(iI)f</c>.</exception>
    internal static (ValType[] Parameters, ValType[] Results) Parse(string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        int close = signature.IndexOf(')', StringComparison.Ordinal);
        bool wellFormed = close >= 1 && signature[0] == '(' && signature.Length - close <= 2
            && signature.Where((_, i) => i != 0 && i != close).All(letter => Letters.Contains(letter, StringComparison.Ordinal));
        if (!wellFormed) throw new ArgumentException($"'{signature}' is no signature such as (iI)f", nameof(signature));
        return (TypesOf(signature[1..close]), TypesOf(signature[(close + 1)..]));
    }

    private static ValType[] TypesOf(string letters) => [.. letters.Select(letter => Types[Letters.IndexOf(letter, StringComparison.Ordinal)])];

    private static char Letter(ValType type) => Letters[Array.IndexOf(Types, type)];
}
