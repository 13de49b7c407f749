/// What is counted or timed. Of every kind less is better.
package enum MetricKind: String, CaseIterable, Sendable {
    /// Commands, calls of scripts and bytes that Redis counts while a backlog is drained, per event.
    case redis = "Redis, per event"
    /// Heap allocations of `busdriver` while a backlog is drained, per event.
    case driverAllocations = "allocations of busdriver, per event"
    /// Heap allocations of the parts without Redis, per operation.
    case pureAllocations = "allocations of the pure parts, per operation"
    /// Instructions of the parts without Redis, per operation, counted by valgrind.
    case instructions = "instructions of the pure parts, per operation"
    /// Time of `busdriver` divided by the time of the C program that does the same in the same run.
    case ratios = "time, as a multiple of the ceiling's"

    /// The share of the baseline by which a figure may rise.
    package var tolerance: Double {
        switch self {
        case .redis, .pureAllocations: 0.01
        case .instructions: 0.03
        // How many claims find the EXEC before them answered is a matter of timing, and each costs seven allocations
        // more or less.
        case .driverAllocations: 0.06
        // Ratios of one and the same build differed by so much within a day.
        case .ratios: 0.3
        }
    }

    /// What must be the same as when the baseline was written, or its figures say nothing here.
    package var dependencies: [Fact] {
        switch self {
        case .redis: [.redis]
        case .driverAllocations: [.swift, .hiredis, .libc]
        case .pureAllocations: [.swift]
        case .instructions: [.swift, .libc, .valgrind, .processor]
        case .ratios: []
        }
    }
}
