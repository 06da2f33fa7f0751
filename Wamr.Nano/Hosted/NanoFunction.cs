// SPDX-License-Identifier: MIT
// An exported function, bound to the environment it runs in.
using System;
using System.Collections.Generic;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>
/// An exported function that the host can call. Calls allocate nothing on the managed heap. The typed delegates of
/// <see cref="NanoInstance.GetFunc{TResult}"/> and its overloads are the simplest way to call a function. Valid until its environment or
/// instance is disposed.
/// </summary>
public sealed unsafe class NanoFunction
{
    private readonly FuncType* _type;

    internal NanoFunction(NanoExecEnv env, string name, uint index)
    {
        Env = env;
        Name = name;
        Index = index;
        Module* module = env.Instance.Module.Pointer;
        _type = &module->Types[module->Functions[index].TypeIndex];
    }

    /// <summary>The name under which the module exports the function.</summary>
    public string Name { get; }

    /// <summary>Index of the function in its module; imported functions come first.</summary>
    public uint Index { get; }

    /// <summary>The environment in which the function runs.</summary>
    public NanoExecEnv Env { get; }

    /// <summary>A reference to the function, for tables, globals and arguments of type FuncRef.</summary>
    public WasmValue Reference
    {
        get
        {
            WasmValue reference = new(WasmType.FuncRef, FuncRef.Of(Env.Instance.Pointer, Index));
            GC.KeepAlive(this);
            return reference;
        }
    }

    /// <summary>The types of the parameters.</summary>
    public IReadOnlyList<WasmType> Parameters => WasmFunctionType.Of(Type).Parameters;

    /// <summary>The types of the results.</summary>
    public IReadOnlyList<WasmType> Results => WasmFunctionType.Of(Type).Results;

    /// <summary>The function's type, which lies in the pool.</summary>
    /// <exception cref="ObjectDisposedException">The environment or its instance was disposed.</exception>
    private FuncType* Type
    {
        get
        {
            _ = Env.Pointer;
            return _type;
        }
    }

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">One argument for each parameter, with its type.</param>
    /// <returns>The first result; if the function has no result, an I32 of 0.</returns>
    /// <exception cref="WasmException">
    /// The function trapped (WN5001 and up), used up its fuel (WN5014), a host function threw (WN6005), or the arguments do not match the
    /// parameters (WN6002, WN6003).
    /// </exception>
    /// <example>
    /// <code>
    /// WasmValue sum = app.GetFunction("add").Call(1, 2);
    /// Console.WriteLine((int)sum);
    /// </code>
    /// </example>
    public WasmValue Call(params ReadOnlySpan<WasmValue> arguments)
    {
        uint* slots = stackalloc uint[SlotCount];
        Store(arguments, slots);
        CallOn(slots);
        return _type->ResultCount == 0 ? default(int) : WasmValue.FromSlots((ValType)FuncTypes.Results(_type)[0], slots);
    }

    /// <summary>Calls a function with any number of results.</summary>
    /// <param name="arguments">One argument for each parameter, with its type.</param>
    /// <param name="results">Receives the results. May be longer than needed.</param>
    /// <exception cref="WasmException">As for <see cref="Call"/>, or <paramref name="results"/> is too short (WN6002).</exception>
    /// <example>
    /// <code>
    /// WasmValue[] results = new WasmValue[2];
    /// app.GetFunction("divide").CallMulti([7, 2], results);
    /// Console.WriteLine($"{results[0]}, rest {results[1]}");
    /// </code>
    /// </example>
    public void CallMulti(ReadOnlySpan<WasmValue> arguments, Span<WasmValue> results)
    {
        if (!Start(arguments, results)) throw Env.Failure(WasmError.FuelExhausted);
    }

    /// <summary>
    /// Calls the function like <see cref="CallMulti"/>, but returns false instead of throwing if the environment's fuel runs out.
    /// </summary>
    /// <param name="arguments">One argument for each parameter, with its type.</param>
    /// <param name="results">Receives the results if the function finishes. May be longer than needed.</param>
    /// <returns>True if the function finished; false if fuel ran out. Then <see cref="NanoExecEnv.Resume"/> continues it.</returns>
    /// <exception cref="WasmException">
    /// As for <see cref="CallMulti"/>, except for WN5014. Native code cannot be resumed, so for it running out of fuel is a trap.
    /// </exception>
    public bool Start(ReadOnlySpan<WasmValue> arguments, Span<WasmValue> results)
    {
        uint* slots = stackalloc uint[SlotCount];
        Store(arguments, slots);
        CheckRoom(results);
        return Env.Finish(this, Env.TryCall(this, slots), slots, results);
    }

    /// <summary>Slots that arguments and results need.</summary>
    internal int SlotCount => Math.Max(1, (int)Math.Max(Type->ParamSlots, Type->ResultSlots));

    /// <exception cref="WasmException">The results do not fit.</exception>
    internal void CheckRoom(ReadOnlySpan<WasmValue> results)
    {
        if (results.Length < Type->ResultCount)
            throw Misfit(WasmError.ArgumentCountMismatch, Type->ResultCount, (uint)results.Length, "results");
    }

    /// <summary>Reads the results.</summary>
    internal void Load(uint* slots, Span<WasmValue> results)
    {
        for (int i = 0; i < _type->ResultCount; slots += ValTypes.Slots((ValType)results[i++].Type))
            results[i] = WasmValue.FromSlots((ValType)FuncTypes.Results(_type)[i], slots);
    }

    /// <summary>Calls the function. The slots contain the arguments, and receive the results.</summary>
    internal void CallOn(uint* slots)
    {
        WasmError error = Env.TryCall(this, slots);
        if (error != WasmError.None) throw Env.Failure(error);
    }

    /// <exception cref="WasmException">The function's type is not that of the signature.</exception>
    internal void Expect(string signature)
    {
        string actual = HostSignature.Of(WasmFunctionType.Of(Type)), wanted = signature.Replace('*', 'i').Replace('~', 'i');
        if (actual == wanted) return;
        string detail = $"'{Name}' is {actual}, and was asked for as {wanted}";
        uint asked = (uint)wanted.IndexOf(')', StringComparison.Ordinal) - 1,
            differs = (uint)actual.AsSpan(1).CommonPrefixLength(wanted.AsSpan(1));
        if (asked != _type->ParamCount) throw Misfit(WasmError.ArgumentCountMismatch, _type->ParamCount, asked, detail);
        ErrorInfo info = NanoRuntime.NoDetails;
        if (differs < asked) info.Index = differs;
        throw new WasmException(WasmError.ArgumentTypeMismatch, info, detail: detail);
    }

    /// <summary>The function's type, such as <c>(I32, F64) -> I32</c>.</summary>
    public override string ToString() => WasmFunctionType.Of(Type).ToString();

    private void Store(ReadOnlySpan<WasmValue> arguments, uint* slots)
    {
        if (arguments.Length != _type->ParamCount) throw Misfit(
            WasmError.ArgumentCountMismatch, _type->ParamCount, (uint)arguments.Length,
            $"'{Name}' is {HostSignature.Of(WasmFunctionType.Of(_type))}");
        for (int i = 0; i < arguments.Length; slots += Env.Instance.Store(arguments[i++], slots))
        {
            if ((ValType)arguments[i].Type == (ValType)FuncTypes.Params(_type)[i]) continue;
            ErrorInfo info = NanoRuntime.NoDetails with { Index = (uint)i };
            throw new WasmException(WasmError.ArgumentTypeMismatch, info,
                detail: $"'{Name}' is {HostSignature.Of(WasmFunctionType.Of(_type))}, and got {arguments[i].Type}");
        }
    }

    private static WasmException Misfit(WasmError error, uint wanted, uint given, string detail) =>
        new(error, NanoRuntime.NoDetails with { Asked = wanted, Free = given }, detail: detail);
}
