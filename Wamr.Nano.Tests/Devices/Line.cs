// SPDX-License-Identifier: MIT
// A line between two streams in memory, with noise on it: bytes lost, changed, added; whole bursts suppressed.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Wamr.Nano.Tool.Devices;

namespace Wamr.Nano.Tests.Devices;

internal sealed class Line
{
    private readonly BlockingCollection<byte[]> _toDevice = [], _toHost = [];

    /// <param name="noise">One byte of so many is hit; 0 for none.</param>
    /// <param name="seed">Seed of the noise.</param>
    internal Line(int noise = 0, int seed = 1)
    {
        Host = new End(_toHost, _toDevice, new Noise(noise, seed));
        Device = new End(_toDevice, _toHost, new Noise(noise, seed + 1));
    }

    internal End Host { get; }

    internal End Device { get; }

    internal sealed class End(BlockingCollection<byte[]> input, BlockingCollection<byte[]> output, Noise noise) : DuplexStream
    {
        private byte[] _rest = [];

        /// <summary>Decides of each write, by its number, whether it is lost.</summary>
        internal Predicate<int> Loses { get; set; } = _ => false;

        internal int Writes { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count), -1);

        /// <summary>Bytes read; 0 at the end, -1 when none came in time.</summary>
        internal int Read(Span<byte> buffer, int milliseconds)
        {
            if (_rest.Length == 0 && !input.TryTake(out _rest!, milliseconds))
            {
                _rest = [];
                return input.IsCompleted ? 0 : -1;
            }
            int size = Math.Min(buffer.Length, _rest.Length);
            _rest.AsSpan(0, size).CopyTo(buffer);
            _rest = _rest[size..];
            return size;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            byte[] hit = noise.On(buffer);
            if (!Loses(Writes++) && hit.Length != 0 && !output.IsAddingCompleted) output.Add(hit);
        }

        protected override void Dispose(bool disposing)
        {
            output.CompleteAdding();
            base.Dispose(disposing);
        }
    }

    internal sealed class Noise(int every, int seed)
    {
        private readonly Random _random = new(seed);

        internal byte[] On(ReadOnlySpan<byte> bytes)
        {
            if (every == 0) return bytes.ToArray();
            List<byte> result = [];
            foreach (byte b in bytes)
            {
                int fate = _random.Next(3 * every);
                if (fate == 0) continue;
                result.Add(fate == 1 ? (byte)(b ^ 1 << _random.Next(8)) : b);
                if (fate == 2) result.Add((byte)_random.Next(256));
            }
            return [.. result];
        }
    }
}
