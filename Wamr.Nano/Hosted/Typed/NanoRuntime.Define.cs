// SPDX-License-Identifier: MIT
// Host functions as delegates of up to eight parameters.
using System;

namespace Wamr.Nano;

public sealed unsafe partial class NanoRuntime
{
    /// <summary>Defines a host function without parameters and result.</summary>
    /// <param name="module">The module name from which apps import.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="function">
    /// The function. It receives int, uint, long, ulong, float and double unchanged. A string, byte[], Span&lt;byte&gt; or
    /// ReadOnlySpan&lt;byte&gt; stands for two parameters of the app, an address and a number of bytes, which are checked before the call
    /// (WN6004). Strings (from UTF-8) and arrays are copies. Spans are the app's memory itself, and valid until the function returns or the
    /// memory grows. A NanoCaller stands for no parameter of the app. Spans and NanoCaller need .NET 9 or later.
    /// </param>
    /// <exception cref="NotSupportedException">The function has a parameter or result of another type.</exception>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    /// <example>
    /// <code>
    /// // void ready(void); void log(const char *text, int bytes); int receive(int channel, void *to, int bytes);
    /// runtime.DefineAction("env", "ready", () =&gt; Console.WriteLine("ready"));
    /// runtime.DefineAction("env", "log", (string text) =&gt; Console.WriteLine(text));
    /// runtime.DefineFunc("env", "receive", (int channel, Span&lt;byte&gt; to) =&gt; Receive(channel, to));
    /// </code>
    /// </example>
    public void DefineAction(string module, string name, Action function) =>
        Define(module, name, "()", (_, s) => function());

    /// <summary>Defines a host function with one parameter and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1>(string module, string name, Action<T1> function)
        where T1 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>());
        });

    /// <summary>Defines a host function with two parameters and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1, T2>(string module, string name, Action<T1, T2> function)
        where T1 : allows ref struct where T2 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>(), a.Next<T2>());
        });

    /// <summary>Defines a host function with three parameters and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1, T2, T3>(string module, string name, Action<T1, T2, T3> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>());
        });

    /// <summary>Defines a host function with four parameters and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1, T2, T3, T4>(string module, string name, Action<T1, T2, T3, T4> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>());
        });

    /// <summary>Defines a host function with five parameters and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1, T2, T3, T4, T5>(string module, string name, Action<T1, T2, T3, T4, T5> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(), a.Next<T5>());
        });

    /// <summary>Defines a host function with six parameters and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1, T2, T3, T4, T5, T6>(string module, string name, Action<T1, T2, T3, T4, T5, T6> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host}{Parameter<T6>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(), a.Next<T5>(), a.Next<T6>());
        });

    /// <summary>Defines a host function with seven parameters and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1, T2, T3, T4, T5, T6, T7>(string module, string name, Action<T1, T2, T3, T4, T5, T6, T7> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host}{Parameter<T6>.Host}{Parameter<T7>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(), a.Next<T5>(), a.Next<T6>(), a.Next<T7>());
        });

    /// <summary>Defines a host function with eight parameters and no result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineAction<T1, T2, T3, T4, T5, T6, T7, T8>(string module, string name, Action<T1, T2, T3, T4, T5, T6, T7, T8> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host}{Parameter<T6>.Host}{Parameter<T7>.Host}{Parameter<T8>.Host})", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(), a.Next<T5>(), a.Next<T6>(), a.Next<T7>(), a.Next<T8>());
        });

    /// <summary>Defines a host function without parameters and with a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<TResult>(string module, string name, Func<TResult> function)
        where TResult : unmanaged =>
        Define(module, name, $"(){Result<TResult>.Letter}", (_, s) => Result<TResult>.Write(s, function()));

    /// <summary>Defines a host function with one parameter and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, TResult>(string module, string name, Func<T1, TResult> function)
        where T1 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}){Result<TResult>.Letter}", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>()));
        });

    /// <summary>Defines a host function with two parameters and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, T2, TResult>(string module, string name, Func<T1, T2, TResult> function)
        where T1 : allows ref struct where T2 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}){Result<TResult>.Letter}", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>(), a.Next<T2>()));
        });

    /// <summary>Defines a host function with three parameters and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, T2, T3, TResult>(string module, string name, Func<T1, T2, T3, TResult> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}){Result<TResult>.Letter}", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>()));
        });

    /// <summary>Defines a host function with four parameters and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, T2, T3, T4, TResult>(string module, string name, Func<T1, T2, T3, T4, TResult> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host})"
            + Result<TResult>.Letter, (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>()));
        });

    /// <summary>Defines a host function with five parameters and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, T2, T3, T4, T5, TResult>(string module, string name, Func<T1, T2, T3, T4, T5, TResult> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host}){Result<TResult>.Letter}", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(), a.Next<T5>()));
        });

    /// <summary>Defines a host function with six parameters and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, T2, T3, T4, T5, T6, TResult>(string module, string name, Func<T1, T2, T3, T4, T5, T6, TResult> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host}{Parameter<T6>.Host}){Result<TResult>.Letter}", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(), a.Next<T5>(), a.Next<T6>()));
        });

    /// <summary>Defines a host function with seven parameters and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, T2, T3, T4, T5, T6, T7, TResult>(
        string module, string name, Func<T1, T2, T3, T4, T5, T6, T7, TResult> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host}{Parameter<T6>.Host}{Parameter<T7>.Host}){Result<TResult>.Letter}", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(),
                a.Next<T5>(), a.Next<T6>(), a.Next<T7>()));
        });

    /// <summary>Defines a host function with eight parameters and a result.</summary>
    /// <inheritdoc cref="DefineAction(string, string, Action)"/>
    public void DefineFunc<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        string module, string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> function)
        where T1 : allows ref struct where T2 : allows ref struct where T3 : allows ref struct where T4 : allows ref struct
        where T5 : allows ref struct where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : unmanaged =>
        Define(module, name, $"({Parameter<T1>.Host}{Parameter<T2>.Host}{Parameter<T3>.Host}{Parameter<T4>.Host}"
            + $"{Parameter<T5>.Host}{Parameter<T6>.Host}{Parameter<T7>.Host}{Parameter<T8>.Host}){Result<TResult>.Letter}", (caller, s) =>
        {
            HostArguments a = new(caller, s);
            Result<TResult>.Write(s, function(a.Next<T1>(), a.Next<T2>(), a.Next<T3>(), a.Next<T4>(),
                a.Next<T5>(), a.Next<T6>(), a.Next<T7>(), a.Next<T8>()));
        });
}
