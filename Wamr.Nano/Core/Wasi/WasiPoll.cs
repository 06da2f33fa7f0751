// SPDX-License-Identifier: MIT
// WASI poll_oneoff: waits for clocks; the standard streams are always ready.
namespace Wamr.Nano.Core;

internal static unsafe class WasiPoll
{
    /// <summary>
    /// subscription: userdata at 0, tag at 8, then from 16 on of a clock: id, timeout at 24, flags at 40; of a stream: descriptor.
    /// event: userdata at 0, error at 8, type at 10, of a stream: bytes at 16, flags at 24.
    /// </summary>
    private const uint SubscriptionSize = 48, EventSize = 32;

    private const byte ClockTag = 0, ReadTag = 1, WriteTag = 2;
    private const uint AbsoluteFlag = 1;

    /// <summary>(subscriptions, room for as many events, number of subscriptions, address of the number of events).</summary>
    internal static Errno Oneoff(ExecEnv* env, uint* a)
    {
        byte* subscriptions, events, eventCount;
        uint count = a[2];
        if (count == 0) return Errno.Invalid;
        if (!WasiMemory.Range(env, a[0], (ulong)count * SubscriptionSize, &subscriptions)) return Errno.Fault;
        if (!WasiMemory.Range(env, a[1], (ulong)count * EventSize, &events)) return Errno.Fault;
        if (!WasiMemory.Range(env, a[3], 4, &eventCount)) return Errno.Fault;
        ulong wait = ulong.MaxValue;
        for (uint n = 0; n < count; n++)
        {
            if (subscriptions[n * SubscriptionSize + 8] > WriteTag) return Errno.Invalid;
            ulong left = Left(env, subscriptions + n * SubscriptionSize);
            if (left < wait) wait = left;
        }
        Raw.Store32(eventCount, Report(env, subscriptions, count, wait, events));
        Sleep(env, wait);
        return Errno.Success;
    }

    /// <summary>Waits, and looks now and then whether the run is to end.</summary>
    private static void Sleep(ExecEnv* env, ulong nanoseconds)
    {
        const ulong nap = 100_000_000;
        Platform* platform = &env->Instance->Runtime->Platform;
        if (platform->Sleep == null) return;
        for (ulong part; nanoseconds != 0 && env->Terminate == 0; nanoseconds -= part)
        {
            part = nanoseconds < nap ? nanoseconds : nap;
            platform->Sleep(platform->Context, part);
        }
    }

    /// <summary>Nanoseconds until a subscription has something to report: 0 for streams and for errors.</summary>
    private static ulong Left(ExecEnv* env, byte* subscription)
    {
        uint clock = Raw.Load32(subscription + 16);
        if (subscription[8] != ClockTag || WasiClock.Check(env, clock) != Errno.Success) return 0;
        ulong timeout = Raw.Load64(subscription + 24);
        if ((Raw.Load16(subscription + 40) & AbsoluteFlag) == 0) return timeout;
        ulong now = WasiClock.Now(env, clock);
        return timeout > now ? timeout - now : 0;
    }

    /// <summary>
    /// Writes the events that are due within <paramref name="wait"/>, in the order of their subscriptions; how many. Events never overtake
    /// the subscriptions they are made from, but where the guest lets both overlap it gets what it asked for.
    /// </summary>
    private static uint Report(ExecEnv* env, byte* subscriptions, uint count, ulong wait, byte* events)
    {
        uint reported = 0;
        for (uint n = 0; n < count; n++)
        {
            byte* s = subscriptions + n * SubscriptionSize;
            if (Left(env, s) > wait) continue;
            ulong userData = Raw.Load64(s);
            byte tag = s[8];
            Errno error = Check(env, tag, Raw.Load32(s + 16));
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
        ClockTag => WasiClock.Check(env, target),
        ReadTag => WasiStreams.IsReadable(env, target) ? Errno.Success : Errno.BadFileDescriptor,
        _ => WasiStreams.IsWritable(env, target) ? Errno.Success : Errno.BadFileDescriptor,
    };
}
