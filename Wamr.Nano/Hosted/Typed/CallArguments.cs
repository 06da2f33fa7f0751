// SPDX-License-Identifier: MIT
// Arguments of a call of a function of the app: numbers go to slots, text and bytes to memory of the app until the call is over.
using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace Wamr.Nano;

internal unsafe ref struct CallArguments(NanoFunction function, uint* slots)
{
    private const int Most = 8;

    private readonly NanoFunction _function = function;
    private readonly uint* _slots = slots;
    private uint* _next = slots;
    private fixed uint _copies[Most];
    private int _copied;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add<T>(T value)
        where T : allows ref struct
    {
        if (Parameter<T>.IsBytes)
        {
            AddBytes(Parameter<T>.Bytes(value, out string? text), text);
            return;
        }
        Unsafe.WriteUnaligned(_next, value);
        _next += Unsafe.SizeOf<T>() / sizeof(uint);
    }

    /// <summary>Calls the function.</summary>
    internal void Call()
    {
        if (_copied == 0)
        {
            _function.CallOn(_slots);
            return;
        }
        try
        {
            _function.CallOn(_slots);
        }
        catch
        {
            GiveUp();
            throw;
        }
        Release();
    }

    /// <summary>Calls the function for its result.</summary>
    internal TResult Call<TResult>()
        where TResult : unmanaged
    {
        Call();
        return Result<TResult>.Read(_slots);
    }

    private void AddBytes(ReadOnlySpan<byte> bytes, string? text)
    {
        try
        {
            int length = text == null ? bytes.Length : Encoding.UTF8.GetByteCount(text);
            // Nothing lies somewhere, too: an address of 0 is no place for it.
            uint address = _function.Env.AppAlloc((uint)Math.Max(length, 1));
            _copies[_copied++] = address;
            Span<byte> copy = _function.Env.Instance.Memory.Slice(address, (uint)length);
            if (text == null) bytes.CopyTo(copy);
            else Encoding.UTF8.GetBytes(text, copy);
            *_next++ = address;
            *_next++ = (uint)length;
        }
        catch
        {
            GiveUp();
            throw;
        }
    }

    private void Release()
    {
        while (_copied != 0) _function.Env.AppFree(_copies[--_copied]);
    }

    /// <summary>
    /// After a failure, whose exception counts. A run that waits for fuel still needs its arguments, and a call of the app's
    /// allocator would end it.
    /// </summary>
    private void GiveUp()
    {
        if (_function.Env.IsSuspended) return;
        try
        {
            Release();
        }
        catch (WasmException)
        {
            // The app is in no state to free what is its own.
        }
    }
}
