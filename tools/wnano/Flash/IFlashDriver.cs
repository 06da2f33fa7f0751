// SPDX-License-Identifier: MIT
// What writes a board's flash: a tool people have, or the flash file of an emulated board.
using System;

namespace Wamr.Nano.Tool.Flash;

internal interface IFlashDriver
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Makes sure that the right board is there.</summary>
    /// <returns>The identity that it reports.</returns>
    /// <exception cref="Devices.DeviceException">It is not.</exception>
    string Probe();

    /// <param name="offset">From the start of flash.</param>
    /// <param name="size">Bytes.</param>
    byte[] Read(uint offset, int size);

    /// <summary>Erases the units it needs and programs the bytes; other bytes of those units are lost.</summary>
    /// <param name="offset">From the start of flash; an erase unit starts there.</param>
    /// <param name="bytes">Whole write units.</param>
    /// <param name="progress">Gets the bytes written so far, as well as the driver knows.</param>
    void Write(uint offset, byte[] bytes, Action<long> progress);

    /// <summary>Lets the board run what was written, and found right.</summary>
    void Start();
}
