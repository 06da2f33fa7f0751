// SPDX-License-Identifier: MIT
// WASI poll_oneoff: waits for clocks; the standard streams are always ready.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host.Wasi;

internal static unsafe class WasiPoll
{
    /// <summary>
    /// subscription: userdata at 0, tag at 8, of a stream: descriptor at 16; of a clock from 16 on, in preview 0 behind 8 bytes more: id,
    /// timeout at 8, flags at 24. event: userdata at 0, error at 8, type at 10, of a stream: bytes at 16, flags at 24.
    /// </summary>
    private const uint ClockAt = 16, ClockSize = 32, EventSize = 32;

    private const byte ClockTag = 0, ReadTag = 1, WriteTag = 2;
    private const uint AbsoluteFlag = 1;

    /// <summary>(subscriptions, room for as many events, number of subscriptions, address of the number of events).</summary>
    /// <param name="env">The environment.</param>
    /// <param name="a">The arguments.</param>
    /// <param name="skew">How many more bytes a subscription of preview 0 has before its clock.</param>
    internal static Errno Oneoff(ExecEnv* env, uint* a, uint skew)
    {
        byte* subscriptions, events, eventCount;
        uint count = a[2], size = ClockAt + skew + ClockSize;
        if (count == 0) return Errno.Invalid;
        if (!WasiMemory.Items(env, a[0], count, size, &subscriptions)) return Errno.Fault;
        if (!WasiMemory.Items(env, a[1], count, EventSize, &events)) return Errno.Fault;
        if (!WasiMemory.Range(env, a[3], 4, &eventCount)) return Errno.Fault;
        ulong wait = ulong.MaxValue;
        for (uint n = 0; n < count; n++)
        {
            if (subscriptions[n * size + 8] > WriteTag) return Errno.Invalid;
            // The app only sees the trap that follows.
            if (!Fuel.Work(env, 2 * size) && env->Terminate != ExecEnv.GoOn) return Errno.Invalid;
            ulong left = Left(env, subscriptions + n * size, skew);
            if (left < wait) wait = left;
        }
        Raw.Store32(eventCount, Report(env, subscriptions, count, skew, wait, events));
        Sleep(env, wait);
        return Errno.Success;
    }

    /// <summary>Waits in short steps, and checks the run in between.</summary>
    private static void Sleep(ExecEnv* env, ulong nanoseconds)
    {
        const ulong nap = 5_000_000;
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        if (platform->Sleep == null) return;
        ulong start = WasiClock.Now(env, WasiClock.Monotonic), slept = 0;
        while (slept < nanoseconds && Fuel.Look(env))
        {
            ulong part = nanoseconds - slept < nap ? nanoseconds - slept : nap;
            platform->Sleep(platform->Context, part);
            slept += part;
            // Each step may take too long, so the clock measures the total.
            ulong passed = WasiClock.Now(env, WasiClock.Monotonic) - start;
            if (passed > slept) slept = passed;
        }
    }

    /// <summary>The nanoseconds until a subscription has an event: 0 for streams and for errors.</summary>
    private static ulong Left(ExecEnv* env, byte* subscription, uint skew)
    {
        byte* clock = subscription + ClockAt + skew;
        uint id = Raw.Load32(clock);
        if (subscription[8] != ClockTag || !WasiClock.Exists(id)) return 0;
        ulong timeout = Raw.Load64(clock + 8);
        if ((Raw.Load16(clock + 24) & AbsoluteFlag) == 0) return timeout;
        ulong now = WasiClock.Now(env, id);
        return timeout > now ? timeout - now : 0;
    }

    /// <summary>
    /// Writes the events that are due within <paramref name="wait"/>, in the order of their subscriptions, and returns their number. An
    /// event never overwrites a later subscription, unless the app makes both lists overlap.
    /// </summary>
    private static uint Report(ExecEnv* env, byte* subscriptions, uint count, uint skew, ulong wait, byte* events)
    {
        uint reported = 0;
        for (uint n = 0; n < count; n++)
        {
            if (!Fuel.Work(env, EventSize) && env->Terminate != ExecEnv.GoOn) break;
            byte* s = subscriptions + n * (ClockAt + skew + ClockSize);
            if (Left(env, s, skew) > wait) continue;
            ulong userData = Raw.Load64(s);
            byte tag = s[8];
            Errno error = Check(env, tag, Raw.Load32(s + ClockAt + (tag == ClockTag ? skew : 0)));
            byte* e = events + reported++ * EventSize;
            Raw.Fill(e, 0, EventSize);
            Raw.Store64(e, userData);
            Raw.Store16(e + 8, (ushort)error);
            e[10] = tag;
            if (tag != ClockTag && error == Errno.Success) Raw.Store64(e + 16, 1);
        }
        return reported;
    }

    private static Errno Check(ExecEnv* env, byte tag, uint target) => tag switch
    {
        ClockTag => WasiClock.Exists(target) ? Errno.Success : Errno.Invalid,
        ReadTag => WasiDescriptors.Stream(env, target) == WasiDescriptors.Input ? Errno.Success : Errno.BadFileDescriptor,
        _ => WasiDescriptors.IsWritable(env, target) ? Errno.Success : Errno.BadFileDescriptor,
    };
}
