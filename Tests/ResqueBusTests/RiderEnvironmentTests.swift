import ResqueBus
import Testing

@Suite(.timeLimit(.minutes(1))) struct RiderEnvironmentTests {
    @Test func emptyEnvironmentSaysNothing() throws {
        let environment = try RiderEnvironment(["PATH": "/bin", "QUEUE": "", "COUNT": ""])
        #expect(environment.queues == nil)
        #expect(environment.concurrency == nil)
        #expect(environment.interval == nil)
        #expect(environment.verbosity == .normal)
        #expect(environment.termination == .standard)
        #expect(environment.summary.isEmpty)
        #expect(environment.warnings.isEmpty)
    }

    @Test func everyNameWithAMeaningIsUnderstood() throws {
        let environment = try RiderEnvironment([
            "QUEUES": "critical=3,app_b_*,!app_b_slow", "QUEUE": "ignored", "COUNT": "25", "INTERVAL": "0.5",
            "PIDFILE": "/run/rider.pid", "REDIS_URL": "redis://user:secret@redis.internal:6380/2",
            "REDIS_PASSWORD": "secret", "RESQUE_NAMESPACE": "staging", "VERBOSE": "1", "TERM_CHILD": "1",
            "RESQUE_PRE_SHUTDOWN_TIMEOUT": "20",
            "RESQUE_TERM_TIMEOUT": "4.5", "FORK_PER_JOB": "false", "FAILURE_BACKEND": "redis",
        ])
        #expect(environment.queues?.names == ["critical", "app_b_*"])
        #expect(environment.concurrency == 25)
        #expect(environment.interval == .milliseconds(500))
        #expect(environment.pidFile == "/run/rider.pid")
        #expect(environment.redis == "redis://user:secret@redis.internal:6380/2")
        #expect(environment.redisPassword == "secret")
        #expect(environment.namespace == "staging")
        #expect(environment.verbosity == .verbose)
        #expect(environment.termination == .deadline(.milliseconds(24500)))
        #expect(environment.warnings.isEmpty)
        #expect(
            environment.summary
                == "QUEUES=critical=3,app_b_*,!app_b_slow COUNT=25 INTERVAL=0.5 PIDFILE=/run/rider.pid "
                + "REDIS_URL=redis://redis.internal:6380/2 REDIS_PASSWORD=(hidden) RESQUE_NAMESPACE=staging VERBOSE=1 TERM_CHILD=1 "
                + "RESQUE_PRE_SHUTDOWN_TIMEOUT=20 RESQUE_TERM_TIMEOUT=4.5 FAILURE_BACKEND=redis FORK_PER_JOB=false")
        #expect(environment.failureBackend == .redis)
    }

    @Test func emptyNamespaceIsNoPrefix() throws {
        let environment = try RiderEnvironment(["RESQUE_NAMESPACE": ""])
        #expect(environment.namespace == "")
        #expect(environment.summary == "RESQUE_NAMESPACE=")
        #expect(try BusConfiguration(environment: ["RESQUE_NAMESPACE": ""]).namespace == "")
        #expect(try BusConfiguration(environment: [:]).namespace == "resque")
    }

    @Test func failureBackendIsThatOfTheBus() throws {
        #expect(try BusConfiguration(environment: [:]).failureBackend == .found)
        let environment = ["FAILURE_BACKEND": "redis_multi_queue"]
        #expect(try BusConfiguration(environment: environment).failureBackend == .multiQueue)
    }

    @Test func queueStandsWhereQueuesIsMissing() throws {
        #expect(try RiderEnvironment(["QUEUE": "a,b"]).queues?.names == ["a", "b"])
    }

    @Test func intervalZeroEndsWithTheQueues() throws {
        let environment = try RiderEnvironment(["INTERVAL": "0"])
        #expect(environment.interval == nil)
        #expect(environment.drains && environment.warnings.isEmpty)
    }

    @Test(arguments: [
        (["LOGGING": "1"], RiderEnvironment.Verbosity.verbose), (["VERBOSE": "yes"], .verbose),
        (["VERBOSE": "1", "VVERBOSE": "1"], .veryVerbose), (["VERBOSE": "false", "VVERBOSE": "0"], .normal),
    ])
    func verbosity(variables: [String: String], verbosity: RiderEnvironment.Verbosity) throws {
        #expect(try RiderEnvironment(variables).verbosity == verbosity)
    }

    @Test(arguments: [
        (["RESQUE_TERM_TIMEOUT": "10"], RiderEnvironment.Termination.deadline(.seconds(10))),
        (["RESQUE_PRE_SHUTDOWN_TIMEOUT": "10"], .deadline(.seconds(14))),
        (["GRACEFUL_TERM": "1", "RESQUE_TERM_TIMEOUT": "10"], .unlimited),
        (["GRACEFUL_TERM": "0"], .standard), (["TERM_CHILD": "1"], .standard),
    ])
    func termination(variables: [String: String], termination: RiderEnvironment.Termination) throws {
        #expect(try RiderEnvironment(variables).termination == termination)
    }

    @Test(arguments: [
        "FORK_PER_JOB", "MIN_INTERVAL", "MAX_INTERVAL", "BACKOFF_INTERVAL", "RUN_AT_EXIT_HOOKS",
        "BACKGROUND", "RESQUE_PROCLINE_PREFIX",
    ])
    func namesWithoutMeaningAreWarnedAbout(name: String) throws {
        let warnings = try RiderEnvironment([name: "1"]).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix(name) == true)
    }

    @Test(arguments: [
        ("COUNT", "many", "COUNT is 'many'; write a whole number from 1 to 10000."),
        ("COUNT", "0", "COUNT is '0'; write a whole number from 1 to 10000."),
        ("FAILURE_BACKEND", "mongo", "FAILURE_BACKEND is 'mongo'; write redis or redis_multi_queue."),
        ("INTERVAL", "-1", "INTERVAL is '-1'; write seconds, such as 5 or 0.5, up to 86400."),
        ("INTERVAL", "nan", "INTERVAL is 'nan'; write seconds, such as 5 or 0.5, up to 86400."),
        ("RESQUE_TERM_TIMEOUT", "8s", "RESQUE_TERM_TIMEOUT is '8s'; write seconds, such as 5 or 0.5, up to 86400."),
        (
            "QUEUES", "!a",
            "QUEUES: No queue is named; write for example critical,app_b_* or * for all queues."
        ),
    ])
    func badValuesAreNamed(name: String, value: String, message: String) {
        let error = #expect(throws: BusError.self) { try RiderEnvironment([name: value]) }
        #expect(error?.code == .configuration)
        #expect(error?.message == message)
    }

    @Test func badAddressOfRedisIsNamedWithoutItsPassword() {
        let error = #expect(throws: BusError.self) { try RiderEnvironment(["REDIS_URL": "http://:secret@host"]) }
        #expect(error?.code == .configuration)
        #expect(error?.message.hasPrefix("REDIS_URL: ") == true)
        #expect(error?.message.contains("secret") == false)
    }
}
