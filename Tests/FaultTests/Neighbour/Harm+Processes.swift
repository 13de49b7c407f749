import Glibc
import RedisTestSupport

/// The fleet's processes get signals, or die.
extension Harm {
    static let signals =
        [SIGUSR1, SIGHUP].map { number in
            Harm("signal \(number) to everybody") { bench, _ in
                for member in bench.fleet.members { member.process.signal(number) }
                try await bench.last(for: .milliseconds(200))
            }
        }
        + NeighbourFleet.Role.allCases.map { role in
            Harm("USR2, then CONT, to \(role)") { bench, chance in
                let members = bench.fleet.members.filter { $0.role == role }
                for member in members { member.process.signal(SIGUSR2) }
                try await bench.last(for: .milliseconds(chance.number(200...2000)))
                for member in members { member.process.signal(SIGCONT) }
            }
        }
        + NeighbourFleet.Role.allCases.map { role in
            Harm("a stop of one \(role)") { bench, chance in
                guard let member = chance.pick(bench.fleet.members.filter { $0.role == role }) else { return }
                member.process.signal(SIGSTOP)
                try await bench.last(for: .milliseconds(chance.number(200...3500)))
                member.process.signal(SIGCONT)
            }
        }

    static let kills = NeighbourFleet.Role.allCases.map { role in
        Harm("a kill of one \(role), and a new start") { bench, chance in
            let indices = bench.fleet.members.indices.filter { bench.fleet.members[$0].role == role }
            guard let index = chance.pick(indices) else { return }
            bench.fleet.members[index].process.kill()
            try await bench.last(for: .milliseconds(chance.number(0...1500)))
            try bench.fleet.replace(index)
        }
    }
}
