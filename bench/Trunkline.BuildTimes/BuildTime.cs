namespace Trunkline.BuildTimes;

/// <summary>How long a build took: as a process, and in the targets that have to do with .proto files, as MSBuild counts.</summary>
internal readonly record struct BuildTime(double Seconds, double OwnSeconds);
