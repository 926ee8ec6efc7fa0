using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ClientPortal.Benchmarks;

switch (args)
{
    case ["cpu"]:
        await CpuTime.MeasureAsync();
        break;
    case ["send", var url, var document]:
        await CpuTime.SendAsync(url, document);
        break;
    case ["follow", var port]:
        await Followers.FollowAsync(int.Parse(port, CultureInfo.InvariantCulture));
        break;
    default:
        // In process and few iterations: the whole set takes a minute.
        BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
        break;
}
