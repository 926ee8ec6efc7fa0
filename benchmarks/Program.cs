using BenchmarkDotNet.Running;
using ClientPortal.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args);
