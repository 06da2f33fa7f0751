// SPDX-License-Identifier: MIT
// Exported functions as delegates of up to eight parameters: no reflection, no boxing, and of numbers nothing allocated by a call.
using System;

namespace Wamr.Nano;

public sealed unsafe partial class NanoInstance
{
    /// <summary>Gets an exported function without parameters and result, as a delegate.</summary>
    /// <param name="name">The name of the export.</param>
    /// <param name="env">The environment in which the function runs; null for <see cref="ExecEnv"/>.</param>
    /// <returns>
    /// A delegate that calls the function. Parameters of type int, uint, long, ulong, float and double are passed unchanged. A string (as
    /// UTF-8), byte[], Span&lt;byte&gt; or ReadOnlySpan&lt;byte&gt; is copied to memory of the app; the app receives its address and its
    /// length in bytes as two parameters, and the copy is freed after the call. This requires an app that exports its allocator, or
    /// <see cref="NanoInstanceOptions.HeapBytes"/>. Spans need .NET 9 or later. The delegate throws the same exceptions as
    /// <see cref="NanoFunction.Call"/>.
    /// </returns>
    /// <exception cref="WasmException">
    /// The module exports no such function (WN6001), or the function has other parameters or results (WN6002, WN6003).
    /// </exception>
    /// <exception cref="NotSupportedException">The delegate has a parameter or result of another type.</exception>
    /// <example>
    /// <code>
    /// Func&lt;int, int, int&gt; add = app.GetFunc&lt;int, int, int&gt;("add");            // int add(int a, int b)
    /// Func&lt;string, int&gt; words = app.GetFunc&lt;string, int&gt;("words");            // int words(const char *text, int bytes)
    /// Console.WriteLine(add(words("one two"), 40));
    /// </code>
    /// </example>
    public Action GetAction(string name, NanoExecEnv? env = null)
    {
        NanoFunction f = Typed(name, env, "()");
        return () =>
        {
            uint* s = stackalloc uint[2];
            CallArguments a = new(f, s);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with one parameter and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1> GetAction<T1>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App})");
        return a1 =>
        {
            uint* s = stackalloc uint[2];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with two parameters and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1, T2> GetAction<T1, T2>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App})");
        return (a1, a2) =>
        {
            uint* s = stackalloc uint[4];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with three parameters and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1, T2, T3> GetAction<T1, T2, T3>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App})");
        return (a1, a2, a3) =>
        {
            uint* s = stackalloc uint[6];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with four parameters and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1, T2, T3, T4> GetAction<T1, T2, T3, T4>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App})");
        return (a1, a2, a3, a4) =>
        {
            uint* s = stackalloc uint[8];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with five parameters and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1, T2, T3, T4, T5> GetAction<T1, T2, T3, T4, T5>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App})");
        return (a1, a2, a3, a4, a5) =>
        {
            uint* s = stackalloc uint[10];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with six parameters and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1, T2, T3, T4, T5, T6> GetAction<T1, T2, T3, T4, T5, T6>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App}{Parameter<T6>.App})");
        return (a1, a2, a3, a4, a5, a6) =>
        {
            uint* s = stackalloc uint[12];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            a.Add(a6);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with seven parameters and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1, T2, T3, T4, T5, T6, T7> GetAction<T1, T2, T3, T4, T5, T6, T7>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App}{Parameter<T6>.App}{Parameter<T7>.App})");
        return (a1, a2, a3, a4, a5, a6, a7) =>
        {
            uint* s = stackalloc uint[14];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            a.Add(a6);
            a.Add(a7);
            a.Call();
        };
    }

    /// <summary>Gets an exported function with eight parameters and no result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Action<T1, T2, T3, T4, T5, T6, T7, T8> GetAction<T1, T2, T3, T4, T5, T6, T7, T8>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App}{Parameter<T6>.App}{Parameter<T7>.App}{Parameter<T8>.App})");
        return (a1, a2, a3, a4, a5, a6, a7, a8) =>
        {
            uint* s = stackalloc uint[16];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            a.Add(a6);
            a.Add(a7);
            a.Add(a8);
            a.Call();
        };
    }

    /// <summary>Gets an exported function without parameters and with a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<TResult> GetFunc<TResult>(string name, NanoExecEnv? env = null)
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"(){Result<TResult>.Letter}");
        return () =>
        {
            uint* s = stackalloc uint[2];
            CallArguments a = new(f, s);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with one parameter and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, TResult> GetFunc<T1, TResult>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}){Result<TResult>.Letter}");
        return a1 =>
        {
            uint* s = stackalloc uint[2];
            CallArguments a = new(f, s);
            a.Add(a1);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with two parameters and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, T2, TResult> GetFunc<T1, T2, TResult>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}){Result<TResult>.Letter}");
        return (a1, a2) =>
        {
            uint* s = stackalloc uint[4];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with three parameters and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, T2, T3, TResult> GetFunc<T1, T2, T3, TResult>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}){Result<TResult>.Letter}");
        return (a1, a2, a3) =>
        {
            uint* s = stackalloc uint[6];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with four parameters and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, T2, T3, T4, TResult> GetFunc<T1, T2, T3, T4, TResult>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App})"
            + Result<TResult>.Letter);
        return (a1, a2, a3, a4) =>
        {
            uint* s = stackalloc uint[8];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with five parameters and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, T2, T3, T4, T5, TResult> GetFunc<T1, T2, T3, T4, T5, TResult>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App}){Result<TResult>.Letter}");
        return (a1, a2, a3, a4, a5) =>
        {
            uint* s = stackalloc uint[10];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with six parameters and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, T2, T3, T4, T5, T6, TResult> GetFunc<T1, T2, T3, T4, T5, T6, TResult>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App}{Parameter<T6>.App}){Result<TResult>.Letter}");
        return (a1, a2, a3, a4, a5, a6) =>
        {
            uint* s = stackalloc uint[12];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            a.Add(a6);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with seven parameters and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, T2, T3, T4, T5, T6, T7, TResult> GetFunc<T1, T2, T3, T4, T5, T6, T7, TResult>(string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App}{Parameter<T6>.App}{Parameter<T7>.App}){Result<TResult>.Letter}");
        return (a1, a2, a3, a4, a5, a6, a7) =>
        {
            uint* s = stackalloc uint[14];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            a.Add(a6);
            a.Add(a7);
            return a.Call<TResult>();
        };
    }

    /// <summary>Gets an exported function with eight parameters and a result, as a delegate.</summary>
    /// <inheritdoc cref="GetAction(string, NanoExecEnv)"/>
    public Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> GetFunc<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        string name, NanoExecEnv? env = null)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : unmanaged
    {
        NanoFunction f = Typed(name, env, $"({Parameter<T1>.App}{Parameter<T2>.App}{Parameter<T3>.App}{Parameter<T4>.App}"
            + $"{Parameter<T5>.App}{Parameter<T6>.App}{Parameter<T7>.App}{Parameter<T8>.App}){Result<TResult>.Letter}");
        return (a1, a2, a3, a4, a5, a6, a7, a8) =>
        {
            uint* s = stackalloc uint[16];
            CallArguments a = new(f, s);
            a.Add(a1);
            a.Add(a2);
            a.Add(a3);
            a.Add(a4);
            a.Add(a5);
            a.Add(a6);
            a.Add(a7);
            a.Add(a8);
            return a.Call<TResult>();
        };
    }

    /// <exception cref="WasmException">There is no such function, or it has another type than <paramref name="signature"/>.</exception>
    private NanoFunction Typed(string name, NanoExecEnv? env, string signature)
    {
        NanoFunction function = GetFunction(name, env);
        function.Expect(signature);
        return function;
    }
}
