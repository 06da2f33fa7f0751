// SPDX-License-Identifier: MIT
// Sensor channels of a board that has none: temperature, humidity and supply voltage that rise and fall.
namespace Wamr.Nano.Boards;

/// <summary>Three triangle waves with the same period, in thousandths of a unit, each a quarter of the period after the other.</summary>
internal unsafe struct SimulatedSensors
{
    private const uint Channels = 3, Period = 24, Quarter = Period / 4;

    private fixed uint _readings[(int)Channels];

    internal static int Read(void* context, uint channel)
    {
        if (channel >= Channels) return 0;
        SimulatedSensors* sensors = &((BoardState*)context)->Sensors;
        int phase = (int)((sensors->_readings[(int)channel]++ + Quarter * channel) % Period);
        int distance = phase < (int)Period / 2 ? phase : (int)Period - phase; // 0 ... 12
        return channel switch
        {
            0 => 19_000 + distance * 833,
            1 => 43_000 + distance * 1_500,
            _ => 3_180 + distance * 20,
        };
    }
}
