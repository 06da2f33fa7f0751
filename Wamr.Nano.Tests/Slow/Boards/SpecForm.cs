// SPDX-License-Identifier: MIT
// What a board gets of a module of the suite: its binary, or an image of it.
using Wamr.Nano.Tests.TestKit.Xip;


namespace Wamr.Nano.Tests.Slow.Boards;

/// <param name="binary">A module, valid or not.</param>
/// <param name="sent">What the board loads; nothing where the result is an error, which is then the answer.</param>
internal delegate WasmError SpecForm(byte[] binary, out byte[] sent);

internal static class SpecForms
{
    /// <summary>The board's own loader judges it.</summary>
    internal static WasmError Binary(byte[] binary, out byte[] sent)
    {
        sent = binary;
        return WasmError.None;
    }

    /// <summary>A native image. What is not valid has none.</summary>
    internal static SpecForm Image(string target) => (byte[] binary, out byte[] sent) =>
    {
        sent = [];
        try
        {
            sent = SuiteImages.For(target).Of(binary);
            return WasmError.None;
        }
        catch (WasmException e)
        {
            return e.Error;
        }
    };
}
