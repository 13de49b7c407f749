import BusProtocol
import BusWire
import Testing

@testable import BusRider

@Suite(.timeLimit(.minutes(1))) struct QueueWatchTests {
    private func watch(_ selection: String, known: [String] = []) throws -> QueueWatch {
        let watch = QueueWatch(try QueueSelection(parsing: selection), incoming: ["bus_incoming"])
        watch.select(among: known)
        return watch
    }

    @discardableResult
    private func doze(_ watch: QueueWatch, isPaused: Bool = false, isTold: Bool = true) -> [String] {
        watch.doze(isPaused: isPaused, isTold: isTold).map { "\($0)" }
    }

    private func falls(_ watch: QueueWatch, asleep nonempty: Int, known: [String]? = nil) -> Bool {
        doze(watch)
        watch.dozed(nonempty: nonempty, known: known)
        return watch.isAsleep
    }

    // MARK: - Which queues

    /// `*` leaves the drivers' work to them.
    @Test func noPatternMeansTheQueuesOfDrivers() throws {
        let known = ["jobs", "bus_incoming", "mail"]
        #expect(try watch("*", known: known).names == ["jobs", "mail"])
        #expect(try watch("bus_incoming", known: known).names == ["bus_incoming"])
    }

    // MARK: - Sleep

    @Test func readsBeforeItSleepsWhatIsToWakeIt() throws {
        #expect(doze(try watch("jobs")) == ["pause", #"jobs(in: ["jobs"])"#])
        #expect(doze(try watch("*", known: ["jobs"])) == ["pause", #"jobs(in: ["jobs"])"#, "queueNames"])
    }

    @Test func sleepsWhenThereIsNothing() throws {
        #expect(falls(try watch("jobs"), asleep: 0))
        let watch = try watch("jobs")
        #expect(watch.mayHaveJobs)
        #expect(!falls(watch, asleep: 1))
        #expect(watch.mayHaveJobs)
    }

    @Test func whatIsAnnouncedWhileItReadsKeepsItAwake() throws {
        let watch = try watch("jobs")
        doze(watch)
        #expect(!watch.mayHaveJobs)
        watch.disturb()
        watch.dozed(nonempty: 0, known: nil)
        #expect(watch.mayHaveJobs)
    }

    @Test func itIsWokenByAnAnnouncement() throws {
        let watch = try watch("jobs")
        #expect(falls(watch, asleep: 0))
        #expect(doze(watch).isEmpty, "it sleeps already")
        watch.disturb()
        #expect(watch.mayHaveJobs)
    }

    @Test func aQueueThatHasAppearedKeepsItAwake() throws {
        let watch = try watch("*", known: ["jobs"])
        #expect(!falls(watch, asleep: 0, known: ["jobs", "mail"]))
        #expect(watch.names == ["jobs", "mail"])
        #expect(falls(watch, asleep: 0, known: ["mail", "jobs"]))
    }

    @Test func aSessionBeginsAwake() throws {
        let watch = try watch("jobs")
        #expect(falls(watch, asleep: 0))
        watch.beginSession()
        #expect(watch.mayHaveJobs)
    }

    // MARK: - Queues that are not lists

    /// They exist, and would keep it awake for ever; but it hears when they change.
    @Test func aQueueThatIsNoListIsHeardOfAndNotLookedAt() throws {
        let watch = try watch("a,b")
        watch.foundEmpty(unusable: ["b"])
        #expect(watch.hasUnusable)
        #expect(doze(watch) == ["pause", #"jobs(in: ["a"])"#, #"jobs(in: ["b"])"#])
        #expect(!watch.hasUnusable, "the next claim looks at them anew")
    }

    // MARK: - Pause

    /// Jobs that come while all workers are paused must wake nobody.
    @Test func aPausedRiderHearsOfThatKeyAlone() throws {
        let watch = try watch("*", known: ["jobs"])
        #expect(doze(watch, isPaused: true) == ["pause"])
        watch.dozed(isPaused: true)
        #expect(watch.isAsleep)
    }

    @Test func aPauseThatEndedWhileItWasReadKeepsItAwake() throws {
        let watch = try watch("jobs")
        doze(watch, isPaused: true)
        watch.dozed(isPaused: false)
        #expect(watch.mayHaveJobs)
    }

    // MARK: - Where nothing is announced

    @Test func looksByItselfWhereNothingIsAnnounced() throws {
        let watch = try watch("a,b")
        #expect(watch.readWhileAsleep(isPaused: false) == nil, "it is awake")
        watch.foundEmpty(unusable: ["b"])
        #expect(doze(watch, isTold: false).isEmpty)
        #expect(watch.isAsleep)
        #expect(watch.readWhileAsleep(isPaused: false).map { "\($0)" } == #"jobs(in: ["a"])"#)
        #expect(watch.hasUnusable)
        #expect(watch.readWhileAsleep(isPaused: true).map { "\($0)" } == "pause")
    }

    @Test func looksAtNothingWithoutQueues() throws {
        let watch = try watch("*")
        doze(watch, isTold: false)
        #expect(watch.isAsleep)
        #expect(watch.readWhileAsleep(isPaused: false) == nil)
    }
}
