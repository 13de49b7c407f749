extension ProgramCompiler {
    mutating func capture(_ number: Int32, _ body: Index) {
        guard facts.called.contains(number) else {
            tasks.append(.emit(.captureEnd, number, traits(of: number).rawValue))
            emit(.captureStart, number, traits(of: number).rawValue)
            return tasks.append(.visit(body))
        }
        emit(.call, number)
        guard program.routines[Int(number)].start < 0 else { return }
        openRoutine(number, body: body)
    }

    /// A group that is called stands where it is first met, and what is around it jumps over.
    mutating func openRoutine(_ number: Int32, body: Index) {
        let jump = emit(.jump)
        let ownStart = register()
        program.routines[Int(number)] = MachineProgram.Routine(start: here, registers: ownStart..<ownStart)
        tasks += [.restore(context), .closeRoutine(number: number, jump: jump)]
        // Where it returns to decides too. An absence may stand around any call.
        context.scope = nil
        context.isInAbsence = context.isInAbsence || facts.holdsAbsence
        context.forgets = true
        if number > 0 {
            let traits = traits(of: number).union(.isForgotten)
            tasks.append(.emit(.captureEnd, number, traits.rawValue))
            emit(.captureStart, number, traits.rawValue)
        }
        tasks.append(.visit(body))
    }

    mutating func closeRoutine(_ number: Int32, _ jump: Int32) {
        let ownStart = program.routines[Int(number)].registers.lowerBound
        program.routines[Int(number)].registers = ownStart..<Int32(program.registerCount)
        emit(.callReturn, number)
        program.instructions[Int(jump)].first = here
    }

    private func traits(of number: Int32) -> CaptureTraits {
        var traits: CaptureTraits = []
        if context.forgets || facts.backReferred.contains(number) { traits.insert(.isForgotten) }
        if facts.leveled.contains(number) { traits.insert(.forgetsEnd) }
        if facts.readsHistory, traits.contains(.isForgotten) { traits.insert(.isLogged) }
        return traits
    }
}
