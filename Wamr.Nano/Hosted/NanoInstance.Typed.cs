// SPDX-License-Identifier: MIT
// Exported functions as delegates: no reflection, no boxing, nothing allocated by a call.
using System;
using Wamr.Nano.Core;

namespace Wamr.Nano;

public sealed unsafe partial class NanoInstance
{
    /// <summary>A function of no parameters and no result.</summary>
    /// <param name="name">Name of the export.</param>
    /// <param name="env">Where it is to run; null: <see cref="ExecEnv"/>.</param>
    /// <exception cref="WasmException">There is no such function, or it has another type.</exception>
    public Action GetAction(string name, NanoExecEnv? env = null)
    {
        NanoFunction f = Typed(name, env, [], []);
        return () =>
        {
            uint none;
            f.Run(&none);
        };
    }

    /// <summary>A function of one parameter and no result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Action<T1> GetAction<T1>(string name, NanoExecEnv? env = null) where T1 : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type], []);
        return a1 =>
        {
            uint* s = stackalloc uint[2];
            Slot<T1>.Write(s, a1);
            f.Run(s);
        };
    }

    /// <summary>A function of two parameters and no result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Action<T1, T2> GetAction<T1, T2>(string name, NanoExecEnv? env = null) where T1 : unmanaged where T2 : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type, Slot<T2>.Type], []);
        return (a1, a2) =>
        {
            uint* s = stackalloc uint[4];
            Slot<T1>.Write(s, a1);
            Slot<T2>.Write(s + Slot<T1>.Count, a2);
            f.Run(s);
        };
    }

    /// <summary>A function of three parameters and no result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Action<T1, T2, T3> GetAction<T1, T2, T3>(string name, NanoExecEnv? env = null)
        where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type, Slot<T2>.Type, Slot<T3>.Type], []);
        return (a1, a2, a3) =>
        {
            uint* s = stackalloc uint[6];
            Slot<T1>.Write(s, a1);
            Slot<T2>.Write(s + Slot<T1>.Count, a2);
            Slot<T3>.Write(s + Slot<T1>.Count + Slot<T2>.Count, a3);
            f.Run(s);
        };
    }

    /// <summary>A function of four parameters and no result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Action<T1, T2, T3, T4> GetAction<T1, T2, T3, T4>(string name, NanoExecEnv? env = null)
        where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type, Slot<T2>.Type, Slot<T3>.Type, Slot<T4>.Type], []);
        return (a1, a2, a3, a4) =>
        {
            uint* s = stackalloc uint[8];
            Slot<T1>.Write(s, a1);
            Slot<T2>.Write(s + Slot<T1>.Count, a2);
            Slot<T3>.Write(s + Slot<T1>.Count + Slot<T2>.Count, a3);
            Slot<T4>.Write(s + Slot<T1>.Count + Slot<T2>.Count + Slot<T3>.Count, a4);
            f.Run(s);
        };
    }

    /// <summary>A function of no parameters and a result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Func<TResult> GetFunc<TResult>(string name, NanoExecEnv? env = null) where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, [], [Slot<TResult>.Type]);
        return () =>
        {
            uint* s = stackalloc uint[2];
            f.Run(s);
            return Slot<TResult>.Read(s);
        };
    }

    /// <summary>A function of one parameter and a result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Func<T1, TResult> GetFunc<T1, TResult>(string name, NanoExecEnv? env = null) where T1 : unmanaged where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type], [Slot<TResult>.Type]);
        return a1 =>
        {
            uint* s = stackalloc uint[2];
            Slot<T1>.Write(s, a1);
            f.Run(s);
            return Slot<TResult>.Read(s);
        };
    }

    /// <summary>A function of two parameters and a result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Func<T1, T2, TResult> GetFunc<T1, T2, TResult>(string name, NanoExecEnv? env = null)
        where T1 : unmanaged where T2 : unmanaged where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type, Slot<T2>.Type], [Slot<TResult>.Type]);
        return (a1, a2) =>
        {
            uint* s = stackalloc uint[4];
            Slot<T1>.Write(s, a1);
            Slot<T2>.Write(s + Slot<T1>.Count, a2);
            f.Run(s);
            return Slot<TResult>.Read(s);
        };
    }

    /// <summary>A function of three parameters and a result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Func<T1, T2, T3, TResult> GetFunc<T1, T2, T3, TResult>(string name, NanoExecEnv? env = null)
        where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type, Slot<T2>.Type, Slot<T3>.Type], [Slot<TResult>.Type]);
        return (a1, a2, a3) =>
        {
            uint* s = stackalloc uint[6];
            Slot<T1>.Write(s, a1);
            Slot<T2>.Write(s + Slot<T1>.Count, a2);
            Slot<T3>.Write(s + Slot<T1>.Count + Slot<T2>.Count, a3);
            f.Run(s);
            return Slot<TResult>.Read(s);
        };
    }

    /// <summary>A function of four parameters and a result.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/param"/>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)" path="/exception"/>
    public Func<T1, T2, T3, T4, TResult> GetFunc<T1, T2, T3, T4, TResult>(string name, NanoExecEnv? env = null)
        where T1 : unmanaged where T2 : unmanaged where T3 : unmanaged where T4 : unmanaged where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, [Slot<T1>.Type, Slot<T2>.Type, Slot<T3>.Type, Slot<T4>.Type], [Slot<TResult>.Type]);
        return (a1, a2, a3, a4) =>
        {
            uint* s = stackalloc uint[8];
            Slot<T1>.Write(s, a1);
            Slot<T2>.Write(s + Slot<T1>.Count, a2);
            Slot<T3>.Write(s + Slot<T1>.Count + Slot<T2>.Count, a3);
            Slot<T4>.Write(s + Slot<T1>.Count + Slot<T2>.Count + Slot<T3>.Count, a4);
            f.Run(s);
            return Slot<TResult>.Read(s);
        };
    }

    private NanoFunction Typed(string name, NanoExecEnv? env, ReadOnlySpan<ValType> parameters, ReadOnlySpan<ValType> results)
    {
        NanoFunction function = GetFunction(name, env);
        function.Expect(parameters, results);
        return function;
    }
}
