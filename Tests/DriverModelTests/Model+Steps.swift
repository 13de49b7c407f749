import BusSession
import BusWire
import RedisTestSupport

/// What can happen in one step.
extension Model {
    func step() async throws {
        let weights = ModelMode.Step.allCases.map { ($0, mode.weights[$0] ?? 0) }
        var rest = network.chance.number(0...(weights.reduce(0) { $0 + $1.1 } - 1))
        let step = weights.first { entry in
            rest -= entry.1
            return rest < 0
        }
        try await take(step?.0 ?? .publish)
        try await lookAfterDrivers()
    }

    private func take(_ step: ModelMode.Step) async throws {
        switch step {
        case .publish: try publish()
        case .deliver: try deliver()
        case .answer: try await answer()
        case .pump: try await pumpOne()
        case .late: try network.deliverLate(network.chance.pick([1, 2, 5, 99]) ?? 1)
        case .loseLink: driverAtWork()?.lose(network.chance.number(0...4))
        case .loseDriver: driverAtWork()?.breakConnections()
        case .freeze: driverAtWork()?.frozenSteps = network.chance.number(1...40)
        case .zombie: try await makeZombie()
        case .crash: try await crash()
        case .retire: retire()
        case .recover: try recoverSomeone()
        case .beat: driverAtWork()?.renewLease()
        case .flushScripts: try network.redis.call("SCRIPT", "FLUSH")
        case .toggleMemory: try setMemory(full: !network.memoryIsFull)
        case .toggleType:
            if network.chance.happens(50) {
                try setWrongType(network.chance.happens(50))
            } else {
                try setFailed(unusable: network.chance.happens(50))
            }
        case .touchSubscriptions: try touchSubscriptions()
        case .forgive: try forgive()
        case .ride: try ride()
        case .rubyDriver: try popAsRuby()
        case .restart: try await restart()
        }
    }

    private func lookAfterDrivers() async throws {
        for driver in drivers {
            if driver.frozenSteps > 0 { driver.frozenSteps -= 1 }
        }
        try await settle()
        if drivers.contains(where: \.hasEnded) {
            drivers.removeAll(where: \.hasEnded)
            // One that could not reach Redis in the end leaves its lease behind; its successor comes when that is over.
            if mode.checksOrder { try expireStrangers() }
        }
        let zombies = drivers.filter(\.isZombie)
        if zombies.count > 3 { zombies[0].crash() }
        while drivers.count(where: { !$0.isZombie && (mode.checksOrder || !$0.isLeaving) }) < mode.drivers {
            startDriver()
        }
    }

    // MARK: - Events

    private func publish() throws {
        guard !network.memoryIsFull else { return }
        for _ in 1...network.chance.number(1...mode.burst) {
            let kind = network.chance.number(0...99)
            guard kind < 90 else {
                try network.redis.call("RPUSH", network.incoming, book.nextEqual())
                continue
            }
            let shape: EventBook.Shape = kind < 3 ? .poison : kind < 6 && !mode.checksOrder ? .delayed : .plain
            try network.redis.call("RPUSH", network.incoming, book.next(shape))
        }
    }

    /// Riders take some jobs.
    private func ride() throws {
        for destination in EventBook.destinations
        where try network.redis.call("TYPE", network.keys.queue(destination)).string == "list" {
            let popped = try network.redis.call("LPOP", network.keys.queue(destination), "4")
            book.taken[destination, default: []] += Snapshot.numbers(of: popped)
        }
    }

    /// A Ruby driver works on the same list.
    private func popAsRuby() throws {
        let popped = try Snapshot.numbers(of: network.redis.call("LPOP", network.incoming, "1"))
        book.driven += popped
        if !popped.isEmpty { network.count("ruby") }
    }

    // MARK: - The network

    private func deliver() throws {
        guard let link = network.chance.pick(recoveries.filter { !$0.waiting.isEmpty } + drivers.flatMap(\.sending))
        else { return }
        try network.deliver(network.chance.pick([1, 1, 2, 3, 5, 99, 99]) ?? 1, on: link)
    }

    private func answer() async throws {
        if let link = network.chance.pick(recoveries.filter(\.hasAnswer)), network.chance.happens(20) {
            return link.answer()
        }
        guard let driver = driverAtWork() else { return }
        if driver.wantsConnection { return driver.connect() }
        if let link = network.chance.pick(driver.answered), network.chance.happens(60) { return link.answer() }
        if try driver.feed?.hear(network.chance.number(1...3)) == true { return }
        network.chance.pick(driver.answered)?.answer()
    }

    /// A driver's network is fast for a while.
    private func pumpOne() async throws {
        guard let driver = driverAtWork() else { return }
        for _ in 1...network.chance.number(1...8) { try await pump(driver) }
    }

    /// Delivers and hands over everything that waits.
    func pump(_ driver: ModelDriver) async throws {
        if driver.wantsConnection { driver.connect() }
        driver.lookForPredecessors()
        for link in driver.sending { try network.deliver(.max, on: link) }
        for link in driver.answered { link.answer() }
        _ = try driver.feed?.hear(.max)
        try await settle()
    }

    // MARK: - Life and death

    func driverAtWork() -> ModelDriver? {
        network.chance.pick(drivers.filter { $0.frozenSteps == 0 })
    }

    private func makeZombie() async throws {
        guard let driver = network.chance.pick(drivers.filter { !$0.isZombie }), let id = driver.id else { return }
        if mode.checksOrder, !driver.isDriving { return }
        network.count("zombie")
        network.log.append("d\(driver.number) becomes a zombie")
        driver.isZombie = true
        driver.diesOnReconnect = mode.checksOrder
        driver.frozenSteps = network.chance.number(0...30)
        try expireLease(id)
        if mode.checksOrder { try await recoverStrictly(id) }
    }

    private func crash() async throws {
        guard let driver = network.chance.pick(drivers) else { return }
        let id = driver.id
        network.count("crash")
        network.log.append("d\(driver.number) crashes")
        driver.crash()
        try await settle()
        guard let id else { return }
        try expireLease(id)
        if mode.checksOrder { try await recoverStrictly(id) }
    }

    /// One driver goes as it should.
    private func retire() {
        guard let driver = network.chance.pick(drivers.filter { !$0.isLeaving && !$0.isZombie }) else { return }
        network.count("retire")
        driver.stop()
    }

    // MARK: - Redis

    private func forgive() throws {
        try network.redis.call("DEL", network.keys.suspects)
        network.recoveries = 0
    }

    func setMemory(full: Bool) throws {
        network.memoryIsFull = full
        try network.redis.call("CONFIG", "SET", "maxmemory", full ? "1" : "0")
        network.log.append(full ? "memory is full" : "there is memory")
    }

    /// The list `failed` gives way to another value, or takes its place again.
    func setFailed(unusable: Bool) throws {
        guard !network.memoryIsFull else { return }
        let (redis, failed) = (network.redis, network.keys.failed)
        let type = try redis.call("TYPE", failed).string
        if unusable, type != "string" {
            if type == "list" { try redis.call("RENAME", failed, Snapshot.rescuedFailures) }
            try redis.call("SET", failed, "no list")
            network.log.append("failed is a string")
        } else if !unusable, type == "string" {
            try redis.call("DEL", failed)
            if try redis.call("EXISTS", Snapshot.rescuedFailures).integer == 1 {
                try redis.call("RENAME", Snapshot.rescuedFailures, failed)
            }
            network.log.append("failed is a list again")
        }
    }

    /// Only destination `c` is ever of the wrong type: what it held counts as taken.
    func setWrongType(_ wrong: Bool) throws {
        guard !network.memoryIsFull else { return }
        let key = network.keys.queue("c")
        let type = try network.redis.call("TYPE", key).string
        if wrong, type != "string" {
            book.taken["c", default: []] += try Snapshot.numbers(network.redis, key)
            try network.redis.call("SET", key, "no list")
            network.log.append("c is a string")
        } else if !wrong, type == "string" {
            try network.redis.call("DEL", key)
            network.log.append("c is a list again")
        }
    }

    /// The announcement of a change that changes nothing.
    private func touchSubscriptions() throws {
        guard !network.memoryIsFull, let (app, record) = network.chance.pick(EventBook.records) else { return }
        try network.redis.call("HSET", network.keys.app(app), "key", record)
    }

    private func restart() async throws {
        network.count("restart")
        network.log.append("redis-server dies")
        for driver in drivers { driver.breakConnections() }
        for link in recoveries { link.lose() }
        if network.memoryIsFull { try setMemory(full: false) }
        if mode.cutsHistory {
            try await cutHistory()
        } else {
            try network.restartServer {}
        }
    }
}
