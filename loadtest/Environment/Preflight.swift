/// What a reader should know about machine and Redis before he believes a figure.
struct Preflight: Sendable {
    var host: HostReport
    var state: HostState
    var redis: RedisReport

    /// In sentences, the gravest first.
    var warnings: [String] {
        [eviction, coreLimit, load, swap, governor, hugePages, sharedCores].compactMap(\.self)
    }

    private var eviction: String? {
        guard redis.maxmemoryPolicy.hasPrefix("allkeys-") else { return nil }
        return "maxmemory-policy is \(redis.maxmemoryPolicy): when memory is full Redis throws events away, "
            + "and busdriver refuses to start; CONFIG SET maxmemory-policy noeviction."
    }

    private var coreLimit: String? {
        guard let limit = state.coreLimit, limit < Double(host.cores) else { return nil }
        return "The control group allows \(Self.decimal(limit)) of \(host.cores) cores; when they are used up, "
            + "everything stands still for the rest of a period."
    }

    private var load: String? {
        guard host.loadAverage > Double(host.cores) / 2 else { return nil }
        return "The machine is busy already: its load average is \(Self.decimal(host.loadAverage)) "
            + "on \(host.cores) cores."
    }

    private var swap: String? {
        guard state.swapUsedBytes > 0 else { return nil }
        return "\(max(1, state.swapUsedBytes >> 20)) MiB are swapped out; what is read back delays events."
    }

    private var governor: String? {
        guard host.governor == "powersave" else { return nil }
        return "The CPU frequency governor is powersave; cpupower frequency-set -g performance gives steadier figures."
    }

    private var hugePages: String? {
        guard state.transparentHugePages.contains("[always]") else { return nil }
        return "Transparent huge pages are always on, which makes Redis slow when it saves; "
            + "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled."
    }

    private var sharedCores: String? {
        guard redis.transport != "TCP" else { return nil }
        return "Load generator, Redis and driver share \(host.cores) cores: all figures are lower bounds, "
            + "and not to be compared with those of another machine."
    }

    private static func decimal(_ number: Double) -> String { String((number * 10).rounded() / 10) }
}
