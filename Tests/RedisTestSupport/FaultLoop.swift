import Glibc

/// The thread of a `FaultProxy`: owns all sockets, so that none is closed while another thread uses it.
struct FaultLoop {
    private let listener: CInt
    private let upstream: String
    private let mailbox: FaultMailbox
    private let events: AsyncStream<FaultProxy.Event>.Continuation
    private var links: [Int: FaultLink] = [:]
    private var accepted = 0
    /// What was ordered for connections that are yet to come: the client of one may be connected before we accept it.
    private var early: [Int: [FaultMailbox.Order]] = [:]

    init(
        listener: CInt, upstream: String, mailbox: FaultMailbox, events: AsyncStream<FaultProxy.Event>.Continuation
    ) {
        self.listener = listener
        self.upstream = upstream
        self.mailbox = mailbox
        self.events = events
    }

    /// Runs until the owner says stop.
    mutating func run() {
        while true {
            var descriptors = [
                pollfd(fd: mailbox.doorbell, events: Int16(POLLIN), revents: 0),
                pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
            ]
            let polled = links.sorted { $0.key < $1.key }
            for (_, link) in polled { descriptors += link.interest }
            poll(&descriptors, nfds_t(descriptors.count), -1)

            if descriptors[0].revents != 0 {
                for order in mailbox.takeOrders() {
                    if case .stop = order { return end() }
                    follow(order)
                }
            }
            if descriptors[1].revents != 0 { accept() }
            for (position, (number, link)) in polled.enumerated() where links[number] != nil {
                let base = 2 + 2 * position
                if descriptors[base].revents != 0 { link.requests.receive() }
                if descriptors[base + 1].revents != 0 { link.replies.receive() }
                advance(number, link)
            }
        }
    }

    private mutating func follow(_ order: FaultMailbox.Order) {
        switch order {
        case .release(let number), .end(let number, _):
            guard number < accepted else { return early[number, default: []].append(order) }
            if let link = links[number] { follow(order, number, link) }
        case .resetAll: for number in links.keys { finish(number, .reset) }
        case .stop: return
        }
    }

    private mutating func follow(_ order: FaultMailbox.Order, _ number: Int, _ link: FaultLink) {
        if case .end(_, let fault) = order { return finish(number, fault) }
        link.requests.release()
        link.replies.release()
        advance(number, link)
    }

    private mutating func accept() {
        let client = Glibc.accept(listener, nil, nil)
        guard client >= 0 else { return }
        guard let server = try? LocalSocket.connected(toUnix: upstream) else {
            close(client)
            return
        }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        LocalSocket.disableDelay(client)
        let link = FaultLink(client: client, server: server, script: mailbox.nextScript())
        let number = accepted
        accepted += 1
        links[number] = link
        events.yield(.opened(number))
        for order in early.removeValue(forKey: number) ?? [] { follow(order, number, link) }
        if links[number] != nil { advance(number, link) }
    }

    /// Sends what may be sent and does what the script says.
    private mutating func advance(_ number: Int, _ link: FaultLink) {
        for (direction, flow) in [(FaultDirection.requests, link.requests), (.replies, link.replies)] {
            flow.send()
            guard flow.takeFault() else { continue }
            events.yield(.faulted(number, direction))
            if flow.plan.fault == .close || flow.plan.fault == .reset { return finish(number, flow.plan.fault) }
        }
        if link.requests.isOver && link.replies.isOver { finish(number, .close) }
    }

    private mutating func finish(_ number: Int, _ fault: FaultScript.Fault) {
        guard let link = links.removeValue(forKey: number) else { return }
        if fault == .reset {
            var abort = linger(l_onoff: 1, l_linger: 0)
            setsockopt(link.client, SOL_SOCKET, SO_LINGER, &abort, socklen_t(MemoryLayout<linger>.size))
        }
        close(link.client)
        close(link.server)
        events.yield(.closed(number))
    }

    private mutating func end() {
        for number in links.keys { finish(number, .close) }
        close(listener)
        events.finish()
    }
}

/// One connection: two sockets and a flow each way.
final class FaultLink {
    let client: CInt
    let server: CInt
    let requests: FaultFlow
    let replies: FaultFlow

    init(client: CInt, server: CInt, script: FaultScript) {
        for descriptor in [client, server] {
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }
        self.client = client
        self.server = server
        requests = FaultFlow(from: client, to: server, plan: script.requests)
        replies = FaultFlow(from: server, to: client, plan: script.replies)
    }

    /// What to poll for: the client's socket, then the server's. A negative descriptor is skipped by poll.
    var interest: [pollfd] {
        [
            interest(client, reading: requests, writing: replies),
            interest(server, reading: replies, writing: requests),
        ]
    }

    private func interest(_ descriptor: CInt, reading: FaultFlow, writing: FaultFlow) -> pollfd {
        let events = (reading.isEnded ? 0 : POLLIN) | (writing.hasSendable ? POLLOUT : 0)
        return pollfd(fd: events == 0 ? -1 : descriptor, events: Int16(events), revents: 0)
    }
}
