import BusRider
import BusWire
import Foundation
import Testing

@testable import ResqueBus

@Suite(.timeLimit(.minutes(1))) struct RiderSettingsTests {
    private func settings(
        _ variables: [String: String], queues: [String] = ["app_b_default"],
        _ change: (inout RiderOptions) throws -> Void = { _ in }
    ) throws -> RiderSettings {
        var options = RiderOptions()
        try change(&options)
        return try RiderSettings(options, RiderEnvironment(variables), applicationQueues: queues)
    }

    @Test func defaults() throws {
        let settings = try settings([:])
        #expect(settings.queues.names == ["app_b_default"])
        #expect(settings.concurrency == 10)
        #expect(settings.interval == nil)
        #expect(settings.deadline == .seconds(8))
        #expect(settings.pidFile == nil)
        #expect(!settings.restart.isActive)
        #expect(settings.bus.namespace == "resque")
        #expect(settings.bus.redis.endpoint.description == "redis://localhost:6379")
    }

    @Test func environmentGoesBeforeOptions() throws {
        let variables = [
            "QUEUE": "b", "COUNT": "2", "PIDFILE": "/b", "RESQUE_TERM_TIMEOUT": "3", "REDIS_URL": "redis://b:1/2",
            "REDIS_PASSWORD": "secret", "RESQUE_NAMESPACE": "n", "INTERVAL": "1",
        ]
        let settings = try settings(variables) { options in
            options.queues = try QueueSelection(parsing: "a")
            options.concurrency = 50
            options.pidFile = "/a"
            options.shutdownDeadline = nil
            options.bus = try BusConfiguration(redis: "redis://a")
            options.bus?.incoming = "kept"
        }
        #expect(settings.queues.names == ["b"])
        #expect(settings.concurrency == 2)
        #expect(settings.interval == .seconds(1))
        #expect(settings.deadline == .seconds(3))
        #expect(settings.pidFile == "/b")
        #expect(settings.bus.redis.endpoint.description == "redis://b:1/2")
        #expect(try settings.bus.redis.credentials()?.password == "secret")
        #expect(settings.bus.namespace == "n")
        #expect(settings.bus.incoming == "kept")
    }

    @Test func optionsGoBeforeTheApplications() throws {
        let settings = try settings(["GRACEFUL_TERM": "1"]) { options in
            options.queues = try QueueSelection(parsing: "a")
            options.restartAfterJobs = 100
        }
        #expect(settings.queues.names == ["a"])
        #expect(settings.deadline == nil)
        #expect(settings.restart == RestartLimits(jobs: 100))
    }

    @Test func namespaceOfAResqueAddressCounts() throws {
        #expect(try settings(["REDIS_URL": "localhost:6379:1/staging"]).bus.namespace == "staging")
    }

    @Test func queuesOfTheApplicationsThatNobodyWorksOnAreNamed() throws {
        func warnings(_ selected: String?) throws -> [String] {
            try settings(selected.map { ["QUEUE": $0] } ?? [:], queues: ["app_b_default", "critical"]).warnings
        }
        #expect(
            try warnings("nosuch") == [
                "None of the applications' queues is worked on here: app_b_default,critical; the queues are nosuch."
            ])
        for selected in [nil, "critical", "app_*", "*,!critical,!bus_incoming"] {
            #expect(try warnings(selected) == [])
        }
        #expect(try warnings("*,!critical,!app_*,!bus_incoming").count == 1)
        #expect(try settings(["QUEUE": "nosuch"], queues: []).warnings == [])
    }

    @Test func queueOfTheDriverIsWarnedAbout() throws {
        #expect(
            try settings(["QUEUES": "app_*,bus_incoming"]).warnings == [
                "The queues app_*,bus_incoming include bus_incoming, where only a driver can work; leave it out."
            ])
        #expect(try settings(["QUEUES": "*"]).warnings == [])
    }

    @Test func whatCannotWorkIsRefused() {
        func message(queues: [String] = ["q"], _ change: (inout RiderOptions) -> Void) -> String? {
            #expect(throws: BusError.self) { try settings([:], queues: queues, change) }?.message
        }
        #expect(message { $0.concurrency = 0 } == "concurrency is 0; give at least 1.")
        #expect(
            message { $0.restartAfterJobs = 0 } == "restartAfterJobs is 0; give at least 1, or nil for no restart.")
        #expect(
            message { $0.restartAboveMegabytes = -1 }
                == "restartAboveMegabytes is -1; give at least 1, or nil for no restart.")
        #expect(
            message(queues: []) { _ in }
                == "No application has a subscription or a job; name queues by QUEUES or RiderOptions.queues.")
    }
}

@Suite(.timeLimit(.minutes(1))) struct SignalSequenceTests {
    private func demands(_ signals: [Int32], deadline: Duration? = .seconds(8)) -> [SignalSequence.Demand] {
        var sequence = SignalSequence(deadline: deadline)
        return signals.map { sequence.receive($0) }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func terminationDrainsThenHurriesThenExits(signal: Int32) {
        #expect(demands([signal, SIGTERM, SIGINT]) == [.stop(within: .seconds(8)), .hurry, .exit])
        #expect(demands([signal], deadline: nil) == [.stop(within: nil)])
    }

    @Test func quitWaitsUntilTerminationIsAskedFor() {
        #expect(
            demands([SIGQUIT, SIGQUIT, SIGTERM, SIGTERM])
                == [.stop(within: nil), .nothing, .stop(within: .seconds(8)), .hurry])
        #expect(demands([SIGTERM, SIGQUIT]) == [.stop(within: .seconds(8)), .nothing])
    }

    @Test func othersDoNotEndTheProcess() {
        var sequence = SignalSequence(deadline: nil)
        #expect([SIGUSR1, SIGUSR2, SIGCONT].map { sequence.receive($0) } == [.cancelJobs, .pause, .resume])
        #expect(!sequence.isEnding)
        _ = sequence.receive(SIGQUIT)
        #expect(sequence.isEnding)
    }
}

@Suite(.timeLimit(.minutes(1))) struct RestartLimitsTests {
    @Test func reasons() {
        let limits = RestartLimits(jobs: 100, megabytes: 50)
        #expect(limits.reason(processed: 99, residentBytes: 49_999_999) == nil)
        #expect(limits.reason(processed: 100, residentBytes: nil) == "100 jobs were done")
        #expect(limits.reason(processed: 0, residentBytes: 51_500_000) == "51 MB of memory are in use")
        #expect(RestartLimits().reason(processed: .max, residentBytes: .max) == nil)
        #expect(!RestartLimits().isActive)
    }

    @Test func limitThatHoldsAtTheStartIsRefused() throws {
        try RestartLimits(jobs: 1, megabytes: 50).checkStart(residentBytes: 49_999_999)
        let error = #expect(throws: BusError.self) {
            try RestartLimits(megabytes: 50).checkStart(residentBytes: 50_000_000)
        }
        #expect(
            error?.message
                == "restartAboveMegabytes is 50, and the process has 50 MB before its first job; give more.")
    }

    @Test func memoryIsThatOfThisProcess() throws {
        let before = try #require(RestartLimits.residentBytes())
        let block = UnsafeMutableRawPointer.allocate(byteCount: 64 << 20, alignment: 4096)
        defer { block.deallocate() }
        memset(block, 1, 64 << 20)
        let after = try #require(RestartLimits.residentBytes())
        #expect(after - before > 48 << 20)
    }
}
