// SPDX-License-Identifier: MIT
// What the firmware says when it loads an image: which machine this is, and where code is fetched.

namespace Wamr.Nano.Boards;

internal static unsafe class ImagePlan
{
    internal static void Fill(ImageArgs* args, byte* bytes, uint size)
    {
        RunPlan* plan = RunPlan.Get();
        args->Target = plan->Target;
        if (plan->CodeDistance != 0 && size >= ImageHeader.Bytes) args->Code = bytes + ((ImageHeader*)bytes)->CodeAt + plan->CodeDistance;
    }
}
