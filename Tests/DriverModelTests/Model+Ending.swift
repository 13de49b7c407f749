import BusWire
import RedisTestSupport

/// The end of a run: troubles cease, everything is driven, and nothing may be left.
extension Model {
    func finish() async throws {
        network.log.append("the troubles are over")
        if network.memoryIsFull { try setMemory(full: false) }
        try network.deliverAllLate()
        for link in recoveries { link.lose() }
        for driver in drivers { driver.frozenSteps = 0 }
        if mode.checksOrder {
            for zombie in drivers where zombie.isZombie { zombie.crash() }
        }
        try await settle()
        try expireStrangers()
        try await driveOut()
        // What only a start finds: lists of unknown drivers.
        if !mode.checksOrder { startDriver() }
        try await driveOut()
        try setWrongType(false)
        try setFailed(unusable: false)
        try await leave()
        try checkEnd()
    }

    /// Leases that nobody renews run out.
    func expireStrangers() throws {
        let known = Set(drivers.compactMap(\.id))
        for id in try network.redis.call("ZRANGE", network.keys.drivers, "0", "-1").strings where !known.contains(id) {
            try expireLease(id)
        }
    }

    /// Pumps until nothing waits and nothing is in flight.
    private func driveOut() async throws {
        for round in 1... {
            for driver in drivers { try await pump(driver) }
            try network.redis.call("DEL", network.keys.suspects)
            drivers.removeAll(where: \.hasEnded)
            if drivers.allSatisfy({ $0.isZombie || $0.isLeaving }) { startDriver() }
            let snapshot = try snapshot()
            let isMended = try network.redis.call("EXISTS", network.keys.keptBatches).integer == 0
            if drivers.allSatisfy(\.isDriving), snapshot.incoming.isEmpty, snapshot.inFlight.isEmpty, isMended {
                return
            }
            if round % 200 == 0 {
                try expireStrangers()
                // Leases are looked at when one may have run out, which no clock says here: a reconnect looks too.
                for driver in drivers { driver.breakConnections() }
            }
            if round == 2000 {
                throw Broken(
                    "I9: \(snapshot.incoming.count) events wait and \(snapshot.inFlight.count) are in flight forever")
            }
        }
    }

    private func leave() async throws {
        for driver in drivers { driver.stop() }
        for _ in 1...500 where !drivers.isEmpty {
            for driver in drivers { try await pump(driver) }
            drivers.removeAll(where: \.hasEnded)
        }
        guard drivers.isEmpty else { throw Broken("I9: \(drivers.count) drivers do not end") }
    }

    private func checkEnd() throws {
        let redis = network.redis
        try redis.call("DEL", network.keys.suspects)
        // What died while it was registering, or was registered by bytes that came late, holds nothing but a lease.
        for id in try redis.call("ZRANGE", network.keys.drivers, "0", "-1").strings {
            try redis.call("DEL", network.keys.driver(id), network.keys.dead(id), network.keys.lease(id))
            try redis.call("ZREM", network.keys.drivers, id)
        }
        let residue = try redis.call("KEYS", network.keys.own("*")).strings
        guard residue.isEmpty else { throw Broken("I3 residue: \(residue.sorted().prefix(6))") }
        let snapshot = try snapshot()
        if !snapshot.failedCopies.isEmpty { network.count("copy failed") }
        if snapshot.failed.contains(where: { book.shapes[$0] == .plain }) { network.count("crash loop") }
        try book.checkConservation(snapshot)
        try book.checkDeliveries(snapshot)
        if mode.checksOrder { try book.checkOrder(snapshot) }
    }
}
