// SPDX-License-Identifier: MIT
// An app's exit code as this process ends with it.
using System;

namespace Wamr.Nano.Tool.Apps;

internal static class AppExitCode
{
    private const int Most = 255;

    /// <summary>
    /// Unix passes 8 bits on: of a code that has more they could be 0, which is success. Such a code becomes 255, as a board's firmware
    /// makes it.
    /// </summary>
    internal static int Of(int code)
    {
        if (OperatingSystem.IsWindows() || code is >= 0 and <= Most) return code;
        Console.Error.WriteLine($"the app's exit code is {code}; this system has room for 0 to {Most}, so this command ends with {Most}");
        return Most;
    }
}
