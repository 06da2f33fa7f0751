// SPDX-License-Identifier: MIT
// Finds the smallest value that passes a test. If the guess is right, two tests show it; otherwise, the interval is halved.
using System;

namespace Wamr.Nano.Tool.Fit;

/// <param name="Value">The least value that passes.</param>
/// <param name="AsGuessed">Whether it is the guess.</param>
internal readonly record struct Minimum(uint Value, bool AsGuessed)
{
    /// <summary>Finds it among multiples of <paramref name="granule"/>.</summary>
    /// <param name="guess">The value to try first.</param>
    /// <param name="least">The lowest value there is; may pass.</param>
    /// <param name="most">A value that passes.</param>
    /// <param name="granule">Distance of two values.</param>
    /// <param name="passes">The test.</param>
    internal static Minimum Find(uint guess, uint least, uint most, uint granule, Func<uint, bool> passes)
    {
        bool good = guess <= most && passes(guess);
        if (good && (guess <= least || !passes(guess - granule))) return new(guess, true);
        // Below low all fail, at high it passes.
        uint low = good ? least : guess + granule, high = good ? guess - granule : most;
        while (low < high)
        {
            uint middle = low + (high - low) / 2 / granule * granule;
            if (passes(middle)) high = middle;
            else low = middle + granule;
        }
        return new(high, false);
    }
}
