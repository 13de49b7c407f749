// Written by script/unicode-tables: ruby 3.1.2, Unicode 13.0.0, emoji 13.1.
// Data of Unicode; see NOTICE.

/// The properties that `\p{…}` knows.
enum PropertyTable {
    /// A name and the place of its set in `sets`, in the order of bytes.
    static let names: StaticString = #"""
        adlam 0
        adlm 0
        age=1.1 ;
        age=10.0 dL
        age=11.0 RWO
        age=12.0 Sl3
        age=12.1 U`L
        age=13.0 WUB
        age=2.0 Xk0
        age=2.1 YbD
        age=3.0 ZZ8
        age=3.1 [V4
        age=3.2 \TH
        age=4.0 ]RO
        age=4.1 ^R<
        age=5.0 _S=
        age=5.1 `U8
        age=5.2 aXA
        age=6.0 b^I
        age=6.1 cfF
        age=6.2 eQ;
        age=6.3 f\0
        age=7.0 gfE
        age=8.0 iV3
        age=9.0 jf?
        aghb lXE
        ahex lXN
        ahom lY6
        alnum lY@
        alpha moO
        alphabetic moO
        anatolianhieroglyphs od6
        any od=
        arab odK
        arabic odK
        armenian oi6
        armi oiF
        armn oi6
        ascii oiN
        asciihexdigit lXN
        assigned oj2
        avestan QQ^3
        avst QQ^3
        bali QQ^<
        balinese QQ^<
        bamu QQ^E
        bamum QQ^E
        bass QQ_2
        bassavah QQ_2
        batak QQ_:
        batk QQ_:
        beng QQ_B
        bengali QQ_B
        bhaiksuki QQ`A
        bhks QQ`A
        bidic QQ`N
        bidicontrol QQ`N
        blank QQa<
        bopo QQb6
        bopomofo QQb6
        brah QQbB
        brahmi QQbB
        brai QQbM
        braille QQbM
        bugi QQc3
        buginese QQc3
        buhd QQc:
        buhid QQc:
        c QQc?
        cakm QSWE
        canadianaboriginal QSWN
        cans QSWN
        cari QSX8
        carian QSX8
        cased QSX?
        casedletter QScI
        caseignorable QSn=
        caucasianalbanian lXE
        cc QTmA
        cf QTmH
        chakma QSWE
        cham QToM
        changeswhencasefolded QUP:
        changeswhencasemapped QVX:
        changeswhenlowercased QVb8
        changeswhentitlecased QWi9
        changeswhenuppercased QYQ?
        cher QZYJ
        cherokee QZYJ
        chorasmian QZZ8
        chrs QZZ8
        ci QSn=
        closepunctuation QZZ>
        cn QZ_J
        cntrl QTmA
        co Q\SK
        combiningmark Q\T@
        common Q\k2
        connectorpunctuation Q]YC
        control QTmA
        copt Q]Z7
        coptic Q]Z7
        cprt Q]ZB
        cs Q][3
        cuneiform Q][4
        currencysymbol Q][D
        cwcf QUP:
        cwcm QVX:
        cwl QVb8
        cwt QWi9
        cwu QYQ?
        cypriot Q]ZB
        cyrillic Q]]L
        cyrl Q]]L
        dash Q]^L
        dashpunctuation Q]a1
        decimalnumber Q]bK
        defaultignorablecodepoint Q]hN
        dep Q]jN
        deprecated Q]jN
        deseret Q]kL
        deva Q]l3
        devanagari Q]l3
        di Q]hN
        dia Q]lB
        diacritic Q]lB
        diak Q^[:
        digit Q]bK
        divesakuru Q^[:
        dogr Q^[N
        dogra Q^[N
        dsrt Q]kL
        dupl Q^\5
        duployan Q^\5
        ebase Q^\D
        ecomp Q^_@
        egyp Q^`F
        egyptianhieroglyphs Q^`F
        elba Q^a0
        elbasan Q^a0
        elym Q^a7
        elymaic Q^a7
        emod Q^a=
        emoji Q^aC
        emojicomponent Q^_@
        emojimodifier Q^a=
        emojimodifierbase Q^\D
        emojipresentation Q^l=
        enclosingmark Q_RC
        epres Q^l=
        ethi Q_S7
        ethiopic Q_S7
        ext Q_UD
        extendedpictographic Q_XN
        extender Q_UD
        extpict Q_XN
        finalpunctuation Q__5
        format QTmH
        geor Q__O
        georgian Q__O
        glag Q_`N
        glagolitic Q_`N
        gong Q_aD
        gonm Q_b5
        goth Q_bH
        gothic Q_bH
        gran Q_bN
        grantha Q_bN
        graph Q_d0
        graphemebase QaX>
        graphemeclusterbreak=control QcUK
        graphemeclusterbreak=cr QcWN
        graphemeclusterbreak=extend QcX1
        graphemeclusterbreak=l QdR7
        graphemeclusterbreak=lf QdRB
        graphemeclusterbreak=lv QdRE
        graphemeclusterbreak=lvt QdkH
        graphemeclusterbreak=prepend QedK
        graphemeclusterbreak=regionalindicator Qef6
        graphemeclusterbreak=spacingmark Qef<
        graphemeclusterbreak=t QfRK
        graphemeclusterbreak=v QfS7
        graphemeclusterbreak=zwj QfSB
        graphemeextend QfSG
        graphemelink QfmI
        grbase QaX>
        greek QgS0
        grek QgS0
        grext QfSG
        grlink QfmI
        gujarati QgUN
        gujr QgUN
        gunjalagondi Q_aD
        gurmukhi QgVM
        guru QgVM
        han QgX0
        hang QgZ=
        hangul QgZ=
        hani QgX0
        hanifirohingya Qg[K
        hano Qg\4
        hanunoo Qg\4
        hatr Qg\9
        hatran Qg\9
        hebr Qg\C
        hebrew Qg\C
        hex Qg]<
        hexdigit Qg]<
        hira Qg]M
        hiragana Qg]M
        hluw od6
        hmng Qg^B
        hmnp Qg_1
        hung Qg_>
        hyphen Qg_J
        idc Qg`O
        idcontinue Qg`O
        ideo QiW;
        ideographic QiW;
        ids QiYL
        idsb Qji=
        idsbinaryoperator Qji=
        idst QjiD
        idstart QiYL
        idstrinaryoperator QjiD
        imperialaramaic oiF
        inadlam QjiI
        inaegeannumbers Qjj0
        inahom Qjj7
        inalchemicalsymbols Qjj>
        inalphabeticpresentationforms QjjE
        inanatolianhieroglyphs QjjL
        inancientgreekmusicalnotation Qjk3
        inancientgreeknumbers Qjk:
        inancientsymbols QjkA
        inarabic QjkH
        inarabicextendeda QjkN
        inarabicmathematicalalphabeticsymbols Qjl4
        inarabicpresentationformsa Qjl;
        inarabicpresentationformsb QjlB
        inarabicsupplement QjlI
        inarmenian QjlO
        inarrows Qjm5
        inavestan Qjm;
        inbalinese QjmB
        inbamum QjmH
        inbamumsupplement QjmO
        inbasiclatin oiN
        inbassavah Qjn6
        inbatak Qjn=
        inbengali QjnC
        inbhaiksuki QjnI
        inblockelements Qjo0
        inbopomofo Qjo5
        inbopomofoextended Qjo;
        inboxdrawing Qjo@
        inbrahmi QjoF
        inbraillepatterns QQbM
        inbuginese QjoM
        inbuhid QkP2
        inbyzantinemusicalsymbols QkP7
        incarian QkP>
        incaucasianalbanian QkPE
        inchakma QkPL
        incham QkQ3
        incherokee QkQ:
        incherokeesupplement QkQ@
        inchesssymbols QkQG
        inchorasmian QkQN
        incjkcompatibility QkR5
        incjkcompatibilityforms QkR;
        incjkcompatibilityideographs QkRA
        incjkcompatibilityideographssupplement QkRH
        incjkradicalssupplement QkRO
        incjkstrokes QkS5
        incjksymbolsandpunctuation QkS;
        incjkunifiedideographs QkSA
        incjkunifiedideographsextensiona QkSH
        incjkunifiedideographsextensionb QkSO
        incjkunifiedideographsextensionc QkT8
        incjkunifiedideographsextensiond QkT@
        incjkunifiedideographsextensione QkTG
        incjkunifiedideographsextensionf QkTO
        incjkunifiedideographsextensiong QkU7
        incombiningdiacriticalmarks QkU?
        incombiningdiacriticalmarksextended QkUD
        incombiningdiacriticalmarksforsymbols QkUJ
        incombiningdiacriticalmarkssupplement QkV0
        incombininghalfmarks QkV6
        incommonindicnumberforms QkV<
        incontrolpictures QkVB
        incoptic QkVH
        incopticepactnumbers QkVN
        incountingrodnumerals QkW4
        incuneiform QkW:
        incuneiformnumbersandpunctuation QkWA
        incurrencysymbols QkWH
        incypriotsyllabary QkWN
        incyrillic QkX5
        incyrillicextendeda QkX;
        incyrillicextendedb QkX@
        incyrillicextendedc QkXG
        incyrillicsupplement QkXL
        indeseret Q]kL
        indevanagari QkY2
        indevanagariextended QkY8
        indingbats QkY>
        indivesakuru QkYD
        indogra QkYK
        indominotiles QkZ2
        induployan QkZ9
        inearlydynasticcuneiform QkZ@
        inegyptianhieroglyphformatcontrols QkZG
        inegyptianhieroglyphs QkZM
        inelbasan Qk[5
        inelymaic Qk[<
        inemoticons Qk[B
        inenclosedalphanumerics Qk[I
        inenclosedalphanumericsupplement Qk[O
        inenclosedcjklettersandmonths Qk\6
        inenclosedideographicsupplement Qk\<
        inethiopic Qk\C
        inethiopicextended Qk\I
        inethiopicextendeda Qk\O
        inethiopicsupplement Qk]6
        ingeneralpunctuation Qk];
        ingeometricshapes Qk]A
        ingeometricshapesextended Qk]G
        ingeorgian Qk]N
        ingeorgianextended Qk^4
        ingeorgiansupplement Qk^:
        inglagolitic Qk^@
        inglagoliticsupplement Qk^F
        ingothic Qk^M
        ingrantha Qk_3
        ingreekandcoptic Qk_:
        ingreekextended Qk_?
        ingujarati Qk_E
        ingunjalagondi Qk_K
        ingurmukhi Qk`2
        inhalfwidthandfullwidthforms Qk`8
        inhangulcompatibilityjamo Qk`?
        inhanguljamo Qk`E
        inhanguljamoextendeda Qk`K
        inhanguljamoextendedb Qka1
        inhangulsyllables Qka8
        inhanifirohingya Qka@
        inhanunoo QkaG
        inhatran QkaL
        inhebrew Qkb2
        inherited Qkb8
        inhighprivateusesurrogates Q][3
        inhighsurrogates Q][3
        inhiragana QkdO
        inideographicdescriptioncharacters Qke5
        inideographicsymbolsandpunctuation Qke:
        inimperialaramaic Qke@
        inindicsiyaqnumbers QkeF
        ininscriptionalpahlavi QkeM
        ininscriptionalparthian Qkf3
        inipaextensions Qkf9
        initialpunctuation Qkf>
        injavanese Qkg:
        inkaithi QkgA
        inkanaextendeda QkgH
        inkanasupplement QkgO
        inkanbun Qkh6
        inkangxiradicals Qkh;
        inkannada QkhA
        inkatakana QkhG
        inkatakanaphoneticextensions QkhM
        inkayahli Qki2
        inkharoshthi Qki9
        inkhitansmallscript Qki@
        inkhmer QkiG
        inkhmersymbols QkiM
        inkhojki Qkj2
        inkhudawadi Qkj9
        inlao Qkj@
        inlatin1supplement QkjF
        inlatinextendeda QkjK
        inlatinextendedadditional Qkk0
        inlatinextendedb Qkk6
        inlatinextendedc Qkk;
        inlatinextendedd Qkk@
        inlatinextendede QkkG
        inlepcha QkkN
        inletterlikesymbols Qkl4
        inlimbu Qkl:
        inlineara Qkl@
        inlinearbideograms QklG
        inlinearbsyllabary QklN
        inlisu Qkm5
        inlisusupplement Qkm<
        inlowsurrogates Q][3
        inlycian QkmB
        inlydian QkmH
        inmahajani QkmN
        inmahjongtiles Qkn5
        inmakasar Qkn<
        inmalayalam QknB
        inmandaic QknH
        inmanichaean QknM
        inmarchen Qko4
        inmasaramgondi Qko;
        inmathematicalalphanumericsymbols QkoB
        inmathematicaloperators QkoI
        inmayannumerals QkoO
        inmedefaidrin QlP5
        inmeeteimayek QlP<
        inmeeteimayekextensions QlPC
        inmendekikakui QlPI
        inmeroiticcursive QlQ0
        inmeroitichieroglyphs QlQ7
        inmiao QlQ=
        inmiscellaneousmathematicalsymbolsa QlQD
        inmiscellaneousmathematicalsymbolsb QlQJ
        inmiscellaneoussymbols QlR0
        inmiscellaneoussymbolsandarrows QlR6
        inmiscellaneoussymbolsandpictographs QlR<
        inmiscellaneoustechnical QlRC
        inmodi QlRI
        inmodifiertoneletters QlS0
        inmongolian QlS6
        inmongoliansupplement QlS<
        inmro QlSB
        inmultani QlSI
        inmusicalsymbols QlT0
        inmyanmar QlT7
        inmyanmarextendeda QlT=
        inmyanmarextendedb QlTC
        innabataean QlTI
        innandinagari QlU0
        innewa QlU7
        innewtailue QlU>
        innko QlUD
        innoblock QlUJ
        innumberforms Ql]9
        innushu Ql]?
        innyiakengpuachuehmong Ql]F
        inogham Ql]M
        inolchiki Ql^2
        inoldhungarian Ql^8
        inolditalic Ql^?
        inoldnortharabian Ql^F
        inoldpermic Ql^L
        inoldpersian Ql_3
        inoldsogdian Ql_:
        inoldsoutharabian Ql_A
        inoldturkic Ql_G
        inopticalcharacterrecognition Ql_N
        inoriya Ql`3
        inornamentaldingbats Ql`9
        inosage Ql`@
        inosmanya Ql`G
        inottomansiyaqnumbers Ql`N
        inpahawhhmong Qla5
        inpalmyrene Qla<
        inpaucinhau QlaB
        inphagspa QlaI
        inphaistosdisc Qlb0
        inphoenician Qlb7
        inphoneticextensions Qlb=
        inphoneticextensionssupplement QlbC
        inplayingcards QlbI
        inprivateusearea Qlc0
        inpsalterpahlavi Qlc8
        inrejang Qlc?
        inruminumeralsymbols QlcF
        inrunic QlcL
        insamaritan Qld2
        insaurashtra Qld8
        inscriptionalpahlavi Qld?
        inscriptionalparthian QldG
        insharada QldO
        inshavian Qle6
        inshorthandformatcontrols Qle=
        insiddham QleC
        insinhala QleJ
        insinhalaarchaicnumbers Qlf0
        insmallformvariants Qlf6
        insmallkanaextension Qlf<
        insogdian QlfC
        insorasompeng QlfJ
        insoyombo Qlg1
        inspacingmodifierletters Qlg8
        inspecials Qlg=
        insundanese QlgC
        insundanesesupplement QlgI
        insuperscriptsandsubscripts QlgN
        insupplementalarrowsa Qlh4
        insupplementalarrowsb Qlh9
        insupplementalarrowsc Qlh?
        insupplementalmathematicaloperators QlhF
        insupplementalpunctuation QlhL
        insupplementalsymbolsandpictographs Qli2
        insupplementaryprivateuseareaa Qli9
        insupplementaryprivateuseareab QliB
        insuttonsignwriting QliL
        insylotinagri Qlj3
        insymbolsandpictographsextendeda Qlj:
        insymbolsforlegacycomputing QljA
        insyriac QljH
        insyriacsupplement QljN
        intagalog Qlk3
        intagbanwa Qlk8
        intags Qlk=
        intaile QlkD
        intaitham QlkJ
        intaiviet Qll0
        intaixuanjingsymbols Qll7
        intakri Qll>
        intamil QllE
        intamilsupplement QllK
        intangut Qlm2
        intangutcomponents Qlm:
        intangutsupplement QlmA
        intelugu QlmH
        inthaana QlmN
        inthai Qln4
        intibetan Qln:
        intifinagh Qln@
        intirhuta QlnF
        intransportandmapsymbols QlnM
        inugaritic Qlo4
        inunifiedcanadianaboriginalsyllabics Qlo:
        inunifiedcanadianaboriginalsyllabicsextended Qlo@
        invai QloF
        invariationselectors QloM
        invariationselectorssupplement QmP3
        invedicextensions QmP:
        inverticalforms QmP@
        inwancho QmPF
        inwarangciti QmPM
        inyezidi QmQ4
        inyijinghexagramsymbols QmQ;
        inyiradicals QmQA
        inyisyllables QmQH
        inzanabazarsquare QmR0
        ital QmR7
        java QmR@
        javanese QmR@
        joinc QmRK
        joincontrol QmRK
        kaithi QmS0
        kali QmS9
        kana QmSB
        kannada QmTD
        katakana QmSB
        kayahli QmS9
        khar QmUA
        kharoshthi QmUA
        khitansmallscript QmV5
        khmer QmV@
        khmr QmV@
        khoj QmVM
        khojki QmVM
        khudawadi QmW6
        kits QmV5
        knda QmTD
        kthi QmS0
        l QmW?
        lana QnfO
        lao Qng=
        laoo Qng=
        latin Qnh6
        latn Qnh6
        lc QScI
        lepc Qnk3
        lepcha Qnk3
        letter QmW?
        letternumber Qnk=
        limb QnlG
        limbu QnlG
        lina Qnm4
        linb Qnm?
        lineara Qnm4
        linearb Qnm?
        lineseparator Qnn3
        lisu Qnn8
        ll QnnC
        lm RPXF
        lo RP^8
        loe RQd=
        logicalorderexception RQd=
        lower RQe4
        lowercase RQe4
        lowercaseletter QnnC
        lt RRoG
        lu RSPA
        lyci RTZ3
        lycian RTZ3
        lydi RTZ9
        lydian RTZ9
        m Q\T@
        mahajani RTZA
        mahj RTZA
        maka RTZH
        makasar RTZH
        malayalam RTZN
        mand RT[@
        mandaic RT[@
        mani RT[G
        manichaean RT[G
        marc RT\0
        marchen RT\0
        mark Q\T@
        masaramgondi Q_b5
        math RT\:
        mathsymbol RTf4
        mc RTk;
        me Q_RC
        medefaidrin RUXI
        medf RUXI
        meeteimayek RUY0
        mend RUY<
        mendekikakui RUY<
        merc RUYE
        mero QlQ7
        meroiticcursive RUYE
        meroitichieroglyphs QlQ7
        miao RUZ0
        mlym RTZN
        mn RUZ<
        modi RVS8
        modifierletter RPXF
        modifiersymbol RVSA
        mong RVV1
        mongolian RVV1
        mro RVVG
        mroo RVVG
        mtei RUY0
        mult RVW1
        multani RVW1
        myanmar RVW?
        mymr RVW?
        n RVWM
        nabataean RVd2
        nand RVd:
        nandinagari RVd:
        narb Ql^F
        nbat RVd2
        nchar RVdE
        nd Q]bK
        newa RVg>
        newtailue RVgG
        nko RVh3
        nkoo RVh3
        nl Qnk=
        no RVh;
        noncharactercodepoint RVdE
        nonspacingmark RUZ<
        nshu RVo3
        number RVWM
        nushu RVo3
        nyiakengpuachuehmong Qg_1
        oalpha RVo>
        odi RWa8
        ogam RWbD
        ogham RWbD
        ogrext RWbI
        oidc RWe8
        oids RWeG
        olchiki Ql^2
        olck Ql^2
        oldhungarian Qg_>
        olditalic QmR7
        oldnortharabian Ql^F
        oldpermic RWf6
        oldpersian RWf=
        oldsogdian RWfF
        oldsoutharabian Ql_A
        oldturkic RWfM
        olower RWg4
        omath RWi0
        openpunctuation RXR;
        oriya RXWN
        orkh RWfM
        orya RXWN
        osage RXXM
        osge RXXM
        osma RXY7
        osmanya RXY7
        other QQc?
        otheralphabetic RVo>
        otherdefaultignorablecodepoint RWa8
        othergraphemeextend RWbI
        otheridcontinue RWe8
        otheridstart RWeG
        otherletter RP^8
        otherlowercase RWg4
        othermath RWi0
        othernumber RVh;
        otherpunctuation RXY?
        othersymbol RXh:
        otheruppercase RYW>
        oupper RYW>
        p RYWO
        pahawhhmong Qg^B
        palm Qla<
        palmyrene Qla<
        paragraphseparator RYg>
        patsyn RYgC
        patternsyntax RYgC
        patternwhitespace RYiM
        patws RYiM
        pauc RYj;
        paucinhau RYj;
        pc Q]YC
        pcm RYjB
        pd Q]a1
        pe QZZ>
        perm RWf6
        pf Q__5
        phag RYk7
        phagspa RYk7
        phli Qld?
        phlp RYk>
        phnx RYkH
        phoenician RYkH
        pi Qkf>
        plrd RUZ0
        po RXY?
        prependedconcatenationmark RYjB
        print RYl0
        privateuse Q\SK
        prti QldG
        ps RXR;
        psalterpahlavi RYk>
        punct RYWO
        punctuation RYWO
        qaac Q]Z7
        qaai Qkb8
        qmark R[`9
        quotationmark R[`9
        radical R[a@
        regionalindicator Qef6
        rejang R[aK
        ri Qef6
        rjng R[aK
        rohg Qg[K
        runic R[b4
        runr R[b4
        s R[b<
        samaritan R\TJ
        samr R\TJ
        sarb Ql_A
        saur R\U2
        saurashtra R\U2
        sc Q][D
        sd R\U;
        sentenceterminal R\X8
        separator R\_5
        sgnw R\_O
        sharada QldO
        shavian Qle6
        shaw Qle6
        shrd QldO
        sidd R\`:
        siddham R\`:
        signwriting R\_O
        sind QmW6
        sinh R\`D
        sinhala R\`D
        sk RVSA
        sm RTf4
        so RXh:
        softdotted R\U;
        sogd R\aD
        sogdian R\aD
        sogo RWfF
        sora R\aK
        sorasompeng R\aK
        soyo R\b3
        soyombo R\b3
        space R\b:
        spaceseparator R\c7
        spacingmark RTk;
        sterm R\X8
        sund R\d0
        sundanese R\d0
        surrogate Q][3
        sylo R\d9
        sylotinagri R\d9
        symbol R[b<
        syrc R\d@
        syriac R\d@
        tagalog R\dM
        tagb R\e4
        tagbanwa R\e4
        taile R\e=
        taitham QnfO
        taiviet R\eD
        takr R\eM
        takri R\eM
        tale R\e=
        talu RVgG
        tamil R\f6
        taml R\f6
        tang R\gA
        tangut R\gA
        tavt R\eD
        telu R\h1
        telugu R\h1
        term R\hL
        terminalpunctuation R\hL
        tfng R]R0
        tglg R\dM
        thaa R]R:
        thaana R]R:
        thai R]R@
        tibetan R]RH
        tibt R]RH
        tifinagh R]R0
        tirh R]S=
        tirhuta R]S=
        titlecaseletter RRoG
        ugar R]SF
        ugaritic R]SF
        uideo R]SN
        unassigned QZ_J
        unifiedideograph R]SN
        unknown R]UH
        upper R^iD
        uppercase R^iD
        uppercaseletter RSPA
        vai R`SB
        vaii R`SB
        variationselector R`SI
        vs R`SI
        wancho R`T9
        wara R`TB
        warangciti R`TB
        wcho R`T9
        whitespace R\b:
        word R`TK
        wspace R\b:
        xdigit lXN
        xidc RakA
        xidcontinue RakA
        xids Rcb<
        xidstart Rcb<
        xpeo RWf=
        xposixpunct ReR<
        xsux Q][4
        yezi ReaA
        yezidi ReaA
        yi ReaL
        yiii ReaL
        z R\_5
        zanabazarsquare Reb7
        zanb Reb7
        zinh Qkb8
        zl Qnn3
        zp RYg>
        zs R\c7
        zyyy Q\k2
        zzzz R]UH
        """#

    /// Sets one after the other.
    static let sets: StaticString = #"""
        3SjX0R;4941Y00_E4MQHRH7Q>19FR5J1B1403056101C1Q;16301010101A=;1R11;1Q89QD21213K2721QGQ5261Q610Q6918<J54G0>0301I\#
        5B==2R7241>1M29`721QD2A243H@217212E161033201621229041142D7025412E1611111120144122;3107><21610121E1611142912122\#
        0?059A217212E1611232731228141124:A11532133110113132371244321390?;>217121F1914461213719149B117121F1914461213717\#
        01149B117121F1?452213908149TAQI4LQ51102110206316121010211<122410152921^2Q5:Q6404RI5R35RASP6TJ5RI6E252Q52527101\#
        0101N2QD1>1=251B22181Q>1FQ363JA:Q5ANQHJQ?=RJEWA>01SHT5Q4K:ET:ETE:R?@C6RETA3132K1Q21013301626>N3G1=RR1QG701RC45\#
        2RM6Q74RM1?S0L3Q3LK3QA?;4Q>1SF4S22NV`1d]5`RJVa=VB6<46H141011111S;Q1[<@QO2QEQ8;Q43<D491B1342101T6201RM2RM352525\#
        223616>2dC0kG2546101C1\<1Q5261Q611221QF8J54;L1W?1QK2S4>QJ5Q=2>1K201:QED17FU?17212E1610332821238041142G3215412E\#
        16111111201441223073107?;218121E16111429121220?32;761217212E1611142821228141142A:115321331101131323;4432132060\#
        >D5317121F1?371213711253298;17121F19142812137170132911=317121QB12154?2I211A3G181026304510176922<QI4LQ511021102\#
        06316121010211<122410152923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F\#
        9C<<1211<RM29696>196RG8Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:696=2>R1R;4Q<3SC8QK3>3QKQG78Q96WI1XJ252Q525271010101\#
        N2QD1>1=251B22181S41;2J1<3O@Q0?T;4dFI:EQhC2O2Q13;18I3@Q>1Q>1TC5Q<10502QG71>G96161616161616161S9QFI1RH<VEJ;4QO1\#
        RE2S65Q92RM1Q:5Q3<Q>1VN1VeE:da:EQT<3QF9ZKDUG8U>17QOQD496QG8R58;6M2RC;M3R=1:4Q01QF9=292S6HK:5252596161QE:SM296Z\#
        m3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I6QB1B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RG1;40Q?Q=T\#
        2L3Q@?K4Q39M5Q:5M1Q44=Q:TM296Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2QA1157121J4248887QOQ0Q\#
        64;9QE3L2J5I73<6R@R8QGQB=QB75[0N\1R=4M?R2>H796QD1=<Q69R=2?1C;A1Q;R1610131>1:6QJ596317212E161114282122206056263\#
        4T;RI1010Q2R789U6QE2Q5Q2R4;96<CQG89QFI3>4?[0RB<0X0R78QC2F14MQHX781Q<1=:L3O2E1=R96111Q;30111889e6lIS6S>14;V3ReL\#
        QQ>SnAb6X]IaH7N1941S0M25:R5:9161D5Bk@R4;Q>@@R01NUo<CgBYX=XNRA\;RX4S:5<387927TjLWE:Q62UOGR5UJRF9AT>RD1R61120212\#
        31;10161R01327161K131410361ZC2Y32eM?41>QZ@61@261114QnEV42?Q9R:5941QU031J11102019131010604010101211102010101010\#
        11102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:<3N1QK4QLQIL=Q;4871>5TJnD;<387SC<RDQ;;4QG896Q78MRB;4Q>1<3KDGQ80?FQ\#
        `GQYfHQ9TQD;VM2Ud1>WY@SPO`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1dL0kG25\#
        46101C1\<1Q52QA221QF8J45;L1W?1QK2S4>QJ2Q@2>1K201:QED17EU@17212E1610332821238041142H2215412E1611111120144122307\#
        3107@:218121E16111429121220?32;761217212E1611142821228141142A:115321331101131323;4432132060>D5<121F1?371213711\#
        253298D121F19142812137170132911=317121QB12154?2I211A3G181026304510176922<QI4LQ51102110206316121010211<12241015\#
        2923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F9C<<1211<RM29696>196RH7\#
        Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:696=2>R1R;4Q<3SC8QK3>3QK7Q:2:8Q96WI1XJ252Q525271010101N2QD1>1=251B22181S41;\#
        2J1<3O@Q0?T;4dFI:EQhC2O2Q@1QD1Q>1Q>1TC5Q<10502QG71>G96161616161616161S>QAI1RH<VEJ;4QO1RE2S65Q:1RM1Q:5Q3<Q>1VN1\#
        VeE:da?@QT<3QF9ZKDUG8UIQMQD496QG8R58;6SC;M3R=1:4Q01QF9=292S6HK:5252596161QE:SM296Zm3<F4Q@RP4Vc=2S9Q66<45I14101\#
        1111SKA[<@QO2QE8Q=2I6QB1B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RG1;40Q?Q=T2L3Q@?K4Q39M5Q:5M1Q44=Q:TM29\#
        6Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2QA1157121L2249787QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB7\#
        Q=89Y6NT1Q78Q9U6R=4M?R2;02H796QD1@9Q69R=2?1C;A1Q;R1610131>1:6QJ596317212E1611141921222060562634T;RI1011Q1R789U\#
        6QE2Q5Q2R4;96<CQG89QFJ2>4?V0QKS4RB<0X0R78QC2LMQHX781Q<1=:L3O2E1=R96111Q;3011188965111Q4111579YFHX7lIS6S>14;V3R\#
        eLQQ>SnAb6X]IaH7N1941S0M25:R5:9161D5Be@RJS5R4;Q>@@R01NUoA>gBYX=XNRA\;RX4S:5<387927TjLWE:Q62UOGR5TJC<RF9HT7RD1R\#
        6112021231;10161R01327161K131410361ZC2Y32eM?41>QZ@61@261114QnEV42?Q9R:5941hAR3Z;31J111020191310106040101012111\#
        0201010101011102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:<3RK4QLQIL=Q;4871>5TJnD;<396SC<RHQ7;4QG896Q78MRB;4Q>1Q@\#
        23301Q6=962=Q?S0=Q\@QYfHQ9TQD;VM2Ud1>WY@SPO`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT\#
        0W?Qo`>TPP1e50kG2546101C1\<1Q52QA221QF8J45;L1W?1QK2S4>QJ2Q@2>1K201:QED17EU@17212E1610332821238041142H2215412E1\#
        6111111201441223073107@:218121E16111429121220?32;761217212E1611142821228141142A:115321331101131323;4432132060>\#
        D5<121F1?371213711253297E121F19142812137170132911=317121QB12154?2I211A3G181026304510176922<QI4LQ5110141G101F24\#
        10152923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F9C<<1211<RM29696>19\#
        6RH7Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:696=2>R1R;4Q<3SC8QK3>3QK7Q:2:8Q:5WI1XJ252Q525271010101N2QD1>1=251B22181\#
        S41;2J1<3O@Q0?T;4dFI:EQhC2O2TF1Q>1TC5Q<10502QG71>G96161616161616161S?Q@I1RH<VEJ;4QO1RE2S65Q:1RM1Q:5Q3<Q>1VN1Ve\#
        E:da?@QT<3QF9ZKDUG8UO24Q@QD496QG8R58;6SC;M3R=1:4Q01QF9=292S6HK:5252596161QG8SM296Zm3<F4Q@RP4Vc=2S9Q66<45I14101\#
        1111SKA[<@QO2QE8Q=2I6QB1B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RG1;40Q?Q=T2L3Q@?K4Q39M5Q:5M1Q44=Q:TM29\#
        6Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2QA1157121L2249787QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB7\#
        Q=89Y6NT1Q78Q9T6F9R=4M?R2;02H796QD1@9Q69R=2?1C;A1Q;R1610131>1:6QJ596317212E1611141921222060562634T;RI1012Q0R78\#
        9U6QE2Q5Q2R4;96<CQH79QFJ2>4?V0QKS4RB<0U072Q=2:KR78RBMQHX781Q<1=:L3O2E1=R96111Q;3011188965111Q4111579YFHV7QA=lJ\#
        S6S>14;V3ReLQQ>18Sn7b6X]IaH7N1941S0M25:R5:9161D5Be@RJS5R:4QH7@R03LUoG8gBYX=XNQA2A38\;RX4S:5<387927TjLWE:Q62UOG\#
        R5TJC<RF9HT7RD1R6112021231;10161R01327161K131410361ZC2Y32eM?41>QZ@61@261114VEQ<3=2941[@QI50QX0V42?Q9R;4941hAR3\#
        R<QLV231J1110201913101060401010121110201010101011102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:<3RL3QLQIL=Q;4871>5\#
        TJnE:<3:5SC<RH7;D;4QG896Q78MRB;1S4133Q8253L2T6<=234252=5Q[8QYfHQ9TQD;VM2Ud1>WY@SPO`MQ_01QooN1QooN1QooN1QooN1Qo\#
        oN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1e40kG2546101C1\<1Q52QA221QF8J45;L1W?1QK2S4>QJ2Q@2>1K201:QED1\#
        7EU@17212E1610332821238041142H2215412E16111111201441223073107@:218121E16111429121220?32;761217212E161114282122\#
        8141142A:115321331101131323;4432132060>D5<121F1?371213711253297E121F19142812137170132911=317121QB12154?2I211A3\#
        G181026304510176922<QI4LQ5110141G101F2410152923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22\#
        O3I6RE252dL3RH7<16;F9C<<1211<RM29696>196RH7Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:696=2>R1R;4Q<3SC8QK3>3QK7Q:2:8Q:\#
        5WI1XJ252Q525271010101N2QD1>1=251B22181S41;2J1<3O@Q0?T;4dFI:EQhC2O2TF1Q>1TC5Q<10502QG71>G96161616161616161S?Q@\#
        I1RH<VEJ;4QO1RE2S65Q:1RM1Q:5Q3<Q>1VlE:da?@QT<3QF9ZKDUG8UO24Q@QD496QG8R58;6SC;M3R=1:4Q01QF9=292S6HK:5252596161Q\#
        G8SM296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I6QB1B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RG1\#
        ;40Q?Q=T2L3Q@?K4Q39M5Q:5M1Q44=Q:TM296Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2QA1157121L2249\#
        787QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB7Q=89Y6NT1Q78Q9T6F9R=4M?R2;02H796QD1@9Q69R=2?1C;A1Q;R1610131>1:6QJ596317212\#
        E1611141921222060562634T;RI1012Q0R789U6QE2Q5Q2R4;96<CQH79QFJ2>4?V0QKS4RB<0U072Q=2:KR78RBMQHX781Q<1=:L3O2E1=R96\#
        111Q;3011188965111Q4111579YFHV7QA=lJS6S>14;V3ReLQQ>18Sn7b6X]IaH7N1941S0M25:R5:9161D5Be@RJS5R:4QH7@R03LUoG8gBYX\#
        =XNQA2A38\;RX4S:5<387927TjLWE:Q62UOGR5TJC<RF9HT7RD1R6112021231;10161R01327161K131410361ZC2Y32eM?41>QZ@61@26111\#
        4VEQ<3=2941[@QI50QX0V42?Q9R;4941hAR3R<QLV231J1110201913101060401010121110201010101011102316131310191@52141@QD1\#
        X>Q;4S3<>2>1>1Q4:<3RL3QLQIL=Q;4871>5TJnE:<3:5SC<RH7;D;4QG896Q78MRB;1S4133Q8253L2T6<=234252=5Q[8QYfHQ9TQD;VM2Ud\#
        1>WY@SPO`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1e>0kG2546101C1\<1Q52QA22\#
        1QF8J45;L1W?1QK2S4>QJ2Q@2>1K201:QED1A;U@17212E1610332821238041142H2215412E16111111201441223073107@:218121E1611\#
        1429121220?32;761217212E1611142821227241142A:115321331101131323;4432132060>D5<121F1?371213711253297E121F191428\#
        12137170132911=<121QB12154?2I121A3G181026304510176922<QI4LQ5110141G101F2410152923Q0R71Q34Q61Q31>1<Q5V510502[H1\#
        32610132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F9C<<1211<RM29696>196RH7Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L\#
        2:696=2@QOR;4Q<3SC8QK3>3QK7Q:2:8Q:5WI1XJ252Q525271010101N2QD1>1=251B22181S41;2J1<3O@Q0?T;4dFI:EQhC2O1TG1Q>1TC5\#
        Q<10502QG71>G96161616161616161SBQ=I1RH<VEJ;4QO1RE2S65Q:1RM1RC<Q>1k^L3QT<3QF9ZKDUG8UO28Q:QG396QG8R58;6SC;M3R=1:\#
        4Q01QF9=292S6HK:5252596161QK4SM296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I6QB1B13441T6201UM3525252236\#
        16:B1I1B111>2=Q2SJ524Q<3RG1<30Q?Q=T2L3Q@?K4Q39M5Q:5M1Q44=Q:TM296Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115\#
        Q03J50R0QG4C2QA1157121L2249787QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB7Q=89Y6N1Q91221R>Q78Q9RFKDF9R=4M?R2;02H796QD1A8Q\#
        69RO1C;A1Q;R1610131>1:6QJ596317212E1611141921222060562634T;RK14NR789U6QE2Q5Q2R4;96<CQH79QFJ2>4?V0QKS4RB<720271\#
        11M112;99R672Q=2:KR78RBMQHX781Q<1=:L3O2E1=R96111Q;3011188965111Q4111579YFHUG0?QA=lJS6S>14;V3ReLQQ>18Sn7b6X]IaH\#
        7N1941S0M25:R5:9161D5Be@RJS5R:4QH7@R04;1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<387927TjLWE:Q62UOGR5TJC<RF9HT7RD1R61120\#
        21231;10161R01327161K131410361ZC2Y32eM?41>QZ@61@261114VEQ<3=2941[@QI50QX0V42?Q9R;4941hAR3R<QLV231J111020191310\#
        1060401010121110201010101011102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:U=QHL=Q;4871>5TJnG8<3<3SC<RH7;D;4QG896Q7\#
        8M21R>SH1RA1T6<=2432569H7692=6Q9TB1QFQ59QP4QYfOQ2TQD;VM2Ud1>WY@SPO`MQ_0Tj<QkUC1QooN1QooN1QooN1QooN1QooN1QooN1Q\#
        ooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1YH0_E4MQHRH7Q>19FR5J1B1403056101C1Q;16301010101A=;1R11;1Q89QD21213K2721QGQ\#
        5261Q6107@1F19;J54G0>0301I5B==2R7241>1M29`721QD2A243H@217212E161033201621229041142D7025412E1611111120144122;31\#
        07><21610121E16111429121220?059A217212E1611232731228141124:A11532133110113132371244321390?;>217121F19144612137\#
        19149B117121F191446121371701149B117121F1?452213908149TAQI4LQ51102110206316121010211<122410152921Q2R71Q07J45101\#
        D3610W6Q5:Q6404RI5R35RASP6TK4RI6E252Q525271010101N2QD1>1=251B22181Q>1FQ363JA;Q4ANQHJQ?=RJEWA>01SHT5Q4K:ET:ETE:\#
        R?@C6RETA3132K1Q21013301626>N3G1=RR1QG701RC452RM6Q74RM1?S0L3Q3LK3QA?;4Q>1SF4S22NV`1d]5SRJZm3RRLVa=VB6<46H14101\#
        1111S;Q1[<@QO2QEQ8;Q43<D491B1342101T6201RM2RM352525223616>2QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1Q\#
        ooN1QooN1QooN1QooNTPP1YH0_E4MQHRH7Q>19FR5J1B1403056101C1Q;16301010101A=;1R11;1Q89QD21213K2721QGQ5261Q6107@1F19\#
        ;J54G0>0301I5B==2R7241>1M29`721QD2A243H@217212E161033201621229041142D7025412E1611111120144122;3107><21610121E1\#
        6111429121220?059A217212E1611232731228141124:A11532133110113132371244321390?;>217121F1914461213719149B117121F1\#
        91446121371701149B117121F1?452213908149TAQI4LQ51102110206316121010211<122410152921Q2R71Q07J45101D3610W6Q5:Q640\#
        4RI5R35RASP6TK4RI6E252Q525271010101N2QD1>1=251B22181Q>1FQ363JA<Q3ANQHJQ?=RJEWA>01SHT5Q4K:ET:ETE:R?@C6RETA3132K\#
        1Q21013301626>N3G1=RR1QG701RC452RM6Q74RM1?S0L3Q3LK3QA?;4Q>1SF4S22NV`1d]5SRJZm3RRLVa=VB6<46H141011111S;Q1[<@QO2\#
        QEQ8;Q43<D491B1342101T6201RM2RM352525223616=3QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1\#
        QooNTPP1[A0`O2ALRM2QNAR>A2A1403056101C1Q;172I<T6112QH21213Q521QGQ5261Q6116@1F19;J54G0>0301I5E:=2SM2>1=1M3JQEQ@\#
        Z@21QD2A243H@217212E161033201621229041142D7025412E1611111120144122;3107><21610121E16111429121220?059A217212E16\#
        11232731228141124:A11532133110113132371244321390?;>217121F1914461213719149B117121F191446121371701149B117121F1?\#
        452213908149B11A3G18102630451017B2<QI4LQ51102110206316121010211<122410152921Q2R71Q16J471Q31>20Q@Q1141116336IR6\#
        Q5:Q6404RI5R35RA661QN10132610132Q610132N101326101326161F1N1013261Q61B6KQ3RD<cE9L3R@T?RL39F>196RG8Q9QZFTK4RI6E2\#
        52Q525271010101N2QD1>1=251B22181R615L63JA?Q0CLQJHQ@<S3<WA>SK1MS5Q6I:ET:ETE:RG8C5RHT?3132K1Q21013301626>N3G1=R1\#
        WOQ\0I1RH<VEJ;4QJ311RC452RM6Q74RM1Q7R8L3Q3LK3QA?;4Q>1SF4S22N1V]ER:d]5RJQT<3A2?1;1210QiIZm3RRLVa=VB6<45I1410111\#
        11S;Q1[<@QO2QEQ8;Q43<D491B1342101T6201RM2RM352525223616:6QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1Qoo\#
        N1QooN1QooN1QooNTPP1\B0`O2ALRM2QNAR>A2A1403056101C1Q;172K:T6112QH21213Q521QGQ5261Q6116@1F19;J54G0>0301I5E:=2SM\#
        2>1=1M3JQEQ@Z@21QD2A243H@217212E161033201621229041142D7025412E1611111120144122;3107><21610121E16111429121220?0\#
        59A217212E1611232731228141124:A11532133110113132371244321390?;>217121F1914461213719149B117121F1914461213717011\#
        49B117121F1?452213908149B11A3G18102630451017B2<QI4LQ51102110206316121010211<122410152921Q2R71Q16J471Q31>20Q@Q1\#
        141116336IR6Q5:Q6404RI5R35RA661QN10132610132Q610132N101326101326161F1N1013261Q61B6KQ3RD<cE9L3R@T?RL39F>196RG8Q\#
        9QZFTK4RI6E252Q525271010101N2QD1>1=251B22181R615L63JA?Q0CLQJHQ@<S3<WA>SK1MS5Q6I:ET:ETE:RG8C5RHT?3132K1Q2101330\#
        1626>N3G1=R1WOQ\0I1RH<VEJ;4QJ311RC452RM6Q74RM1Q7R8L3Q3LK3QA?;4Q>1SF4S22N1V]ER:d]5RJQT<3A2?1;1210QiIZm3RRLVa=VB\#
        6<45I141011111S;Q1[<@QO2QE8Q;Q43<D491B1342101T6201RM2RM352525223616:6h0N13<JUEQ52Q5QbmBWE:Q63UCa2RD1R611202123\#
        1;1013111R01327161K131410361ZA4Y14QAYoNQYfHdY9`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110N\#
        ROQokNTPP1\=0a01ALRM2QNAR?@?41403056101C1Q;1Q69T61R61Q5216?Q1Q5261Q6116@1F19;J54G0>0301I5E:T=2>1=1M3JQEQAZ?21Q\#
        D2A243H@217212E161033201621229041142D7025412E1611111120144122;3107><21610121E16111429121220?059A217212E1611232\#
        731228141124:A11532133110113132371244321390?;>217121F1914461213719149B117121F191446121371701149B117121F1?45221\#
        3908149B11A3G18102630451017B2<QI4LQ51102110206316121010211<122410152921Q2R71Q16J471Q31>20Q@Q1141116336IR6Q5:Q8\#
        204RI5R35RA661QN10132610132Q610132N101326101326161F1N1013261Q61B6KQ3RD<cE9L3R@?<16;F9C<<1211<RL39F>196RG8Q9QZF\#
        TK4RI6E252Q525271010101N2QD1>1=251B22181RB4074672JAANJEQJ2>7Q@<aNQAQ6I:ETN1XC211S429SG3132K1Q2101330162QC3G1=A\#
        K4h?l0I1RH<VEJ;4QO1RE2S65Q74RM1Q7QHQ<3Q3=Q:3R<4Q>1SF4S22N1V]ER:d]5RJQT<3QFQiIZm3RRLVa=2QJTE6<45I141011111S;Q1[\#
        <@QO2QE8Q<3?@3<F291B13441T6201UM352525223616:6h0N13<JUEQ52Q5QbmBWE:Q63UCa2RD1R6112021231;1013111R01327161K1314\#
        10361ZA4Y14QAYoNQYfHdY9`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROQokNTPP1\L0aFIX75B414\#
        03056101C1Q;1Q;4T61R61Q5216?Q1Q5261Q6116@1F19;J54;38950301I5H7U=1QK22Q@QAZ?QH2A243H@217212E1610332821229041142\#
        D6215412E1611111120144122;3107><218121E16111429121220?32910?217212E1611142731228141124;@1153213311011313237124\#
        4321390?C6217121F1914461213719149B117121F191428121371701149B117121F1?452213908149B11A3G18102630451017B2<QI4LQ5\#
        1102110206316121010211<122410152921Q2R71Q16J471Q31>20Q@Q1141116336IR6Q5:Q8204RI5R35RA661QN10132610132Q610132N1\#
        01326101326161F1N1013261Q61B6KQ3RD<cE9L3R@?<16;F9C<<1211<RM29696>196RG8Q9RFL3;4;403Q924S;Oh0S;TDTK4RI6E252Q525\#
        271010101N2QD1>1=251B22181RD2074672JAANJEQK1>7Q@<b0Q?Q6I:E]G1S42A>1RO3132K1Q2101330162QC3G1=AK4hMkBI1RH<VEJ;4Q\#
        O1RE2S65Q74RM1Q7QHQ>1Q3<Q=1SO1VeE:d_5RJQT<3QFQiIZm3RRLVa=2QJTE6<45I141011111S;Q1[<@QO2QE8Q=2?@3<Q21B13441T6201\#
        UM352525223616:B1I1B111>2=Q2SJ524Q<38^0N13<JQEM10S0TM29jF5201Q;113020Qan0WE:Q63UCY2RFU9RD1R6112021231;10161R01\#
        327161K131410361ZA4Y14QAYoNQYfHdY9`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TP\#
        P1]>0b1>XO41403056101C1Q;1UF1R61Q96?Q1Q5261Q6116Q81<8J54;37:50211I5N1U=1QK2Q0BQAZ?QH2A243H<03217212E1610332821\#
        238041142D6215412E1611111120144122;3107><218121E16111429121220?32910?217212E1611142731228141124;@1153213311011\#
        31323;44321390>D6217121F1914461213719149B117121F191428121371701149B117121F1?452213908149B11A3G18102630451017B2\#
        <QI4LQ51102110206316121010211<122410152921Q2R71Q16J471Q31>22Q>Q1141116336IR6Q5:Q<3RI5R35RA6R8132610132Q8132Q01\#
        32610132>1QH132R24M3I6RD<cE9L3R@?<16;F9C<<1211<RM29696>196RG8Q9RFL3;4;403Q924;Q96I694QM21g0V3QLTK4RI6E252Q5252\#
        71010101N2QD1>1=251B22181S3672J14;EJKDR<6Q@<b;Q4Q6I:EaL3AR?3132K1Q2101330162QC3G1=169K4i3W<Q>1Q>Q1S:>Q<:QE90@F\#
        9616161616161616Q1G41S2I1RH<VEJ;4QO1RE2S65Q74RM1Q78?Q0Q>1Q3<U>1VeE:d_KR4QT<3QFaIFW9Q;nDZm3RRLVa=2QJ5S9Q66<45I1\#
        41011111S;Q1[<@QO2QE8Q=2I63<Q21B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RC[EN13<JQEM1Q44=Q:TM29jF5201Q;1\#
        13020^031157121J424888Qa]7WE:Q63UCQ2R5UJRFU9RD1R6112021231;10161R01327161K131410361ZC2Y14QAYoNQYfHdY9`MQ_01Qoo\#
        N1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1]H0k?414456101C1Q;1UF1T;MQ5261Q6116QF8J54\#
        ;37:50211I5N1U=1QK2Q0BQA>QJX6QH2A243H:41217212E1610332821238041142D6215412E1611111120144122;3107><218121E16111\#
        429121220?32910?217212E1611142731228141124;@115321331101131323;44321390>D6217121F1914461213719149B117121F19142\#
        812137170132911?117121F1?452213908149B11A3G18102630451017B2<QI4LQ51102110206316121010211<122410152921Q2R71Q16J\#
        471Q31>22Q>Q1141116336IR6Q5:Q<3RI5R35RA6R8132610132Q8132Q0132610132>1QH132R24M3I6RD<cE9L3R@?<16;F9C<<1211<RM29\#
        696>196RG8Q9RFL3;4;403Q924;Q96I694QM21W0R;4Q<\3V:QCTM4RI6E252Q525271010101N2QD1>1=251B22181S3672J14;EJO@R>4QA;\#
        bGHQ6I:EaL3BR>3132K1Q2101330162QC3G1=1:5K4i:53VLQ>1Q>1<738S:>Q<:QE90@F9616161616161616Q1G41S2I1RH<VEJ;4QO1RE2S\#
        65Q74RM1Q78?Q0Q>1Q3<U>1VeE:d_KR4QT<3QFaIJ51VNQ;DQGl8Zm3RRLVa=2QJ5S9Q66<45I141011111S;Q1[<@QO2QE8Q=2I63<Q21B134\#
        41T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RC[EN13<JQEM1Q44=Q:TM29jF5201Q;113020V0I50W031157121J424888U]7k>TAS\#
        2=3QZl<WE:Q63UCQ2R5UJRF9AT>RD1R6112021231;10161R01327161K131410361ZC2Y32QAYoNQYfHdY9`MQ_01QooN1QooN1QooN1QooN1\#
        QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1^70kG2456101C1\0=Q5261Q6116QF8J54;32E211QM1U=1QK2S4>QJX6QH\#
        2A243J841217212E1610332821238041142D6215412E16111111201441223073107?;218121E16111429121220?32910?217212E161114\#
        2821228141142;@115321331101131323;4432132060>D6217121F191437121371116329872117121F19142812137170132911?117121F\#
        1?37121390832?36211A3G18102630451017B2<QI4LQ51102110206316121010211<122410152921Q2R71Q34J471Q31>16Q;TI4Q7:Q<3R\#
        I5R35RA6R8132610132Q8132Q0132610132>1QH132R24M3I6RD<cE9L3R@?<16;F9C<<1211<RM29696>196RG8Q:REL3;4;403Q924;Q96I6\#
        94QM21W0R;4Q<3Q:3;R6QG3>3QBT0W6GXG252Q525271010101N2QD1>1=251B22181S4572J14;EJQ0?R?3QE7bGHQ6I:EaM2L33QM3132K1Q\#
        2101330162QC3G1=1:103kL34U;Q>1Q>1?1<2S:>Q<:QE90@F96161616161616161R@R?I1RH<VEJ;4QO1RE2S65Q83RM1Q78Q3<Q>1Q3<U>1\#
        VeE:d`3QLQT<3QFQIY;DO2A8KS8T<S>Q@DQG8R49;Q6RC;0U0QF9=2923]0Zm3RRLVa=2QJ5S9Q66<45I141011111S;Q1[<@QO2QE8Q=2I669\#
        Q21B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RC5;QDQ=T2L3Q@Q?N13<JQEM1Q44=Q:TM29jF5201Q;113020V0I5J50V031\#
        157121J424888U]7k>TAS2=3QZl<WE:Q62UDQ2R5UJRF9AT>RD1R6112021231;10161R01327161K131410361ZC2Y32QAVP0Q;4S3Sk:QYfH\#
        dY9`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1_?0kG2456101C1\2;Q5261Q6116QF\#
        8J54;32E211QM1U=1QK2S4>QJ5Q=2>V1QI2B152J661217212E1610332821238041142E5215412E16111111201441223073107?;218121E\#
        16111429121220?32910?217212E1611142821228141142;@115321331101131323;4432132060>D6217121F1914371213711163298721\#
        17121F19142812137170132911?117121F1?37121390832?36211A3G18102630451017B2<QI4LQ51102110206316121010211<12241015\#
        2921Q2R71Q34J471Q31>1:Q7V5:Q<3Z8132610132Q8132Q0132610132>1QH132R24M3I6RD;dL3R@?<16;F9C<<1211<RM29696>196RG8Q:\#
        5R5:L3;4;403Q924;Q;4I6:3QM2R01L2:696=RBR;4Q<3Q:3;R6QG3>3QBR@Q2=W6FXH252Q525271010101N2QD1>1=251B22181S4572J14;\#
        HGQ0?T96bHGQ6I:Ec=1B104G13132K1Q21013382QC3G1=1:103kL39U6Q>1Q>1TA7Q<:QE90@F96161616161616161RAR>I1RH<VEJ;4QO1R\#
        E2S65Q83RM1Q78Q3<Q>1VN1VeE:d`;QDQT<3QF9ZKDO2A8K8RG8T<S>Q@496QG8R49;6K4RC;M3R=1:41Q0QF9=292O4R2H4W0Q=296Zm3<F4Q\#
        @RP4Va=2QM2S9Q66<45I141011111S;Q1[<@QO2QE8Q=2I669Q21B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RC5;QDQ=T2L\#
        3Q@Q?N13<JQEM1Q44=Q:TM29jF5201Q;11302F18U0K3J50V031157121J4248887OT0QE3L2J57T0R8`GN`1R1SiNk>TAS2=3Rl<QQ>QVnAWE\#
        :Q62UDQ2R5UJRF9AT>RD1R6112021231;10161R01327161K131410361ZC2Y32QAVP0Q;4S3S<:5N20;0102030348070I01120:320S?0?Q1\#
        >8S]EQYfHQ9TQD`V;`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1_O0kG2456101C1\\#
        49Q5261Q6116QF8J54;32E2W?1QK2S4>QJ5Q=2>1K20U1SG161217212E1610332821238041142E5215412E16111111201441223073107?;\#
        218121E16111429121220?32910?217212E1611142821228141142A:115321331101131323;4432132060>D6217121F191437121371116\#
        329872117121F19142812137170132911?117121Q827121480832?36211A3G18102630451017B2<QI4LQ51102110206316121010211<12\#
        2410152921Q2R71Q34Q61Q31>1<Q5V5:Q<3Z8132610132Q8132Q0132610132>1QH132R22O3I6RD;dL3R@?<16;F9C<<1211<RM29696>196\#
        RG8Q:5R5:L3;4;403Q924;Q;4I6:3QM2R01L2:696=RBR;4Q<3Q:3;6QC8QK3>3QBR@Q2=W6EXI252Q525271010101N2QD1>1=251B22181S4\#
        572J1<3IFQ0?T96c3<Q6I:EdO1V9101kN39U6Q>1Q>1TA7Q<:QE91>G96161616161616161RAR>I1RH<VEJ;4QO1RE2S65Q83RM1Q:5Q3<Q>1\#
        VN1VeE:d`;QDQT<3QF9ZKDQC8K8RG8T>11>9R@QA496QG8R49;6K4RC;M3R=1:41Q0QF9=292O4R2H4Q1525259616TAQ=296Zm3<F4Q@RP4Va\#
        =2QM2S9Q66<45I141011111SKA[<@QO2QE8Q=2I669Q21B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RC5;QDQ=T2L3Q@Q?N1\#
        3<JQEM1Q44=Q:TM29jF5201Q;11302F18U0K3J50V031157121J4248887OT0QE3L2J57T0R8`GN\1R=4M@R1SiNk>TAS2=3Rl<QQ>\nAaHa^7\#
        1WoNWE:Q62UDQ2R5UJRF9AT>RD1R6112021231;10161R01327161K131410361ZC2Y32QAVP0Q;4S3<>2=2>1>Q0:5N1QI6Q:R;L=Q:5871U>\#
        Q0?51R53C<Q414E@?QN101UE133QMBGTC41?1210101012152310231;4:Q@R5QJSCRT:QYfHQ9TQD;VM_o2`MQ_01QooN1QooN1QooN1QooN1\#
        QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1a50kG2456101C1\49Q5261Q611401QF8J54;41E2W?1QK2S4>QJ5Q=2>1K\#
        20R101:QGJ1SG161217212E1610332821238041142E5215412E16111111201441223073107?;218121E16111429121220?32;?217212E1\#
        611142821228141142A:115321331101131323;4432132060>D6217121F191437121371116329872117121F19142812137170132911?11\#
        7121Q827121480832?36211A3G18102630451017B2<QI4LQ51102110206316121010211<122410152923Q0R71Q34Q61Q31>1<Q5V510502\#
        [H132610132Q8132Q0132610132>1QH132R22O3I6RD;dL3R@?<16;F9C<<1211<RM29696>196RG8Q:5R5:L3;4;403Q924;Q;4I6:3QM2R01\#
        L2:696=RBR;4Q<3SC8QK3>3QBR078Q69W6EXI252Q525271010101N2QD1>1=251B22181S4572J1<3IFQ0?T96c3<Q6I:EdO1QR;39U6Q>1Q>\#
        1TC5Q<10502QG71>G96161616161616161RKR4I1RH<VEJ;4QO1RE2S65Q83RM1Q:5Q3<Q>1VN1VeE:d`<QCQT<3QF9ZKDRG7RH8T>13<:R=QC\#
        496QG8R49;6K4RC;M3R=1:41Q0QF9=292O4R2HK:525259616TAQ=296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I669Q2\#
        1B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RC5;QDQ=T2L3Q@Q?N13<JQEM1Q44=Q:TM29jF5201Q;11302F18U0K3J50R0QG\#
        61R031157121J4248887OT0QE3L2J57T0R8`GN\1R=4M@R1>H796QD1=QLR879QU6QG89RYFk>TAS2=3Rl<QQ>\nAaHQV7R4;Q>@@`S01WoNWE\#
        :Q62UDQ2R5UJRF9AT>RD1R6112021231;10161R01327161K131410361ZC2Y32QAU`031J111020191310106040101012111020101010101\#
        1102316131310191@52141@QD1X>Q;4S3<>2=2>1>Q0:5N1QK4Q:R;L=Q:5871U>Q0?51R53C<Q414E@?QN101UE133QM23<GTCR54:Q@R5QJS\#
        CRT:QYfHQ9TQD;VM_o2`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1a50kG2456101C\#
        1\49Q5261Q611401QF8J54;41E2W?1QK2S4>QJ5Q=2>1K20R101:QGJ1SG161217212E1610332821238041142E5215412E16111111201441\#
        223073107?;218121E16111429121220?32;?217212E1611142821228141142A:115321331101131323;4432132060>D6217121F191437\#
        121371116329872117121F19142812137170132911?117121Q827121480832?36211A3G18102630451017B2<QI4LQ51102110206316121\#
        010211<122410152923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22O3I6RD;dL3R@?<16;F9C<<1211<R\#
        M29696>196RG8Q:5R5:L3;4;403Q924;Q;4I6:3QM2R01L2:696=RBR;4Q<3SC8QK3>3QBR078Q69W6EXI252Q525271010101N2QD1>1=251B\#
        22181S4572J1<3JEQ0?T96c3<Q6I:EdO1QR;39U6Q>1Q>1TC5Q<10502QG71>G96161616161616161RKR4I1RH<VEJ;4QO1RE2S65Q83RM1Q:\#
        5Q3<Q>1VN1VeE:d`<QCQT<3QF9ZKDRG7RH8T>13<:R=QC496QG8R49;6K4RC;M3R=1:41Q0QF9=292O4R2HK:525259616TAQ=296Zm3<F4Q@R\#
        P4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I669Q21B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RC5;QDQ=T2L3Q@Q?N\#
        13<JQEM1Q44=Q:TM29jF5201Q;11302F18U0K3J50R0QG61R031157121J4248887OT0QE3L2J57T0R8`GN\1R=4M@R1>H796QD1=QLR879QU6\#
        QG89RYFk>TAS2=3Rl<QQ>\nAaHQV7R4;Q>@@`S01WoNWE:Q62UDQ2R5UJRF9AT>RD1R6112021231;10161R01327161K131410361ZC2Y32QA\#
        U`031J1110201913101060401010121110201010101011102316131310191@52141@QD1X>Q;4S3<>2=2>1>Q0:5N1QK4Q:R;L=Q:5871U>Q\#
        0?51R53C<Q414E@?QN101UE133QM23<GTCR54:Q@R5QJSCRT:QYfHQ9TQD;VM_o2`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1\#
        QooN1QooN1QooN110NROT0W?Qo`>TPP1a50kG2456101C1\49Q5261Q611401QF8J54;41F1W?1QK2S4>QJ5Q=2>1K20R101:QGJ1SG1612172\#
        12E1610332821238041142E5215412E16111111201441223073107?;218121E16111429121220?32;?217212E1611142821228141142A:\#
        115321331101131323;4432132060>D6217121F191437121371116329872117121F19142812137170132911?117121Q827121480832?36\#
        211A3G18102630451017B2<QI4LQ51102110206316121010211<122410152923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q013\#
        2610132>1QH132R22O3I6RD;dL3R@?<16;F9C<<1211<RM29696>196RG8Q:5R5:L3;4;403Q924;Q;4I6:3QM2R01L2:696=RBR;4Q<3SC8QK\#
        3>3QBR078Q69W6EXI252Q525271010101N2QD1>1=251B22181S41;2J1<3JEQ0?T96c3<Q6I:EdO1QR;39U6Q>1Q>1TC5Q<10502QG71>G961\#
        61616161616161RKR4I1RH<VEJ;4QO1RE2S65Q83RM1Q:5Q3<Q>1VN1VeE:d`<QCQT<3QF9ZKDRG7RH8T>13<:R=QC496QG8R49;6K4RC;M3R=\#
        1:41Q0QF9=292O4R2HK:525259616TAQ=296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I669Q21B13441T6201UM352525\#
        223616:B1I1B111>2=Q2SJ524Q<3RC5;QDQ=T2L3Q@Q?N13<JQEM1Q44=Q:TM29jF5201Q;11302F18U0K3J50R0QG61R031157121J4248887\#
        OT0QE3L2J57T0R8`GN\1R=4M@R1>H796QD1=QLR879QU6QG89RYFk>TAS2=3Rl<QQ>\nAaHQV7R4;Q>@@`S01WoNWE:Q62UDQ2R5UJRF9AT>RD\#
        1R6112021231;10161R01327161K131410361ZC2Y32QAU`031J1110201913101060401010121110201010101011102316131310191@521\#
        41@QD1X>Q;4S3<>2=2>1>Q0:5N1QK4Q:R;L=Q:5871U>Q0?51R53C<Q414E@?QN101UE133QM23<GTCR54:Q@R5QJSCRT:QYfHQ9TQD;VM_o2`\#
        MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1c20kG2546101C1\<1Q5261Q611221QF8J\#
        54;L1W?1QK2S4>QJ5Q=2>1K20R1BQATO17212E1610332821238041142E5215412E16111111201441223073107?;218121E161114291212\#
        20?32;?217212E1611142821228141142A:115321331101131323;4432132060>D5317121F1?37121371116329871217121F1914281213\#
        7170132911>217121Q827121480832?36211A3G181026304510176922<QI4LQ51102110206316121010211<122410152923Q0R71Q34Q61\#
        Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22O3I6RD;dL3RH7<16;F9C<<1211<RM29696>196RG8Q:5R5:N1;4;403Q92\#
        4;Q;4I6:3QM2R01L2:696=2>R1R;4Q<3SC8QK3>3QBR078Q6116WE6XI252Q525271010101N2QD1>1=251B22181S41;2J1<3MBQ0?T96c:5Q\#
        6I:EQhC2O2Q13;17Q>Q>1Q>1TC5Q<10502QG71>G96161616161616161S2QMI1RH<VEJ;4QO1RE2S65Q83RM1Q:5Q3<Q>1VN1VeE:d`<QCQT<\#
        3QF9ZKDRM1RH8T>1M21R5QD496QG8R49;6K4RC;M3R=1:4Q01QF9=292S6HK:5252596161Q?41RJQ=296Zm3<F4Q@RP4Vc=2S9Q66<45I1410\#
        11111SKA[<@QO2QE8Q=2I6=2Q21B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RE3;40Q?Q=T2L3Q@?K4Q3<J5Q:5M1Q44=Q:T\#
        M29RFQ78QC;0T@YF9E:7TH5201Q;11302F1R788R@K3J50R0QG61R031157121J4248887QOQ0Q64;9QE3L2J5I73<6R@R8`GN\1R=4M?R2>H7\#
        96QD1=<Q69R8402:6C;A1Q:SBQJ597217212E16111428212290562634X;R789U6QE2AQFR4;9Q6QG89^FRB<0^0QHQX7lHS7S>14Rl;QQ>\n\#
        AaH7N1941S0M25:R5:9161D5Bk@R4;Q>@@`S01RoNS:5<387927TjLWE:Q62UDQ2R5UJRF9AT>RD1R6112021231;10161R01327161K131410\#
        361ZC2Y32QATP0V42?QY931J1110201913101060401010121110201010101011102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:<3N1\#
        QK4Q:R;L=Q:5871U>Q<3R=2R>5Q38WN1R:5Q91Q81TM2T:@<33<SC<RDQ;;4QG896Q78MQj@QYfHQ9TQD;VM_o2`MQ_01QooN1QooN1QooN1Qo\#
        oN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1c?0kG2546101C1\<1Q5261Q611221QF8J54;L1W?1QK2S4>QJ5Q=2>1\#
        K20R1DQ>U017212E1610332821238041142E5215412E16111111201441223073107?;218121E16111429121220?32;707217212E161114\#
        2821228141142A:115321331101131323;4432132060>D5317121F1?37121371125329871217121F19142812137170132911>217121Q82\#
        7121480742?36211A3G181026304510176922<QI4LQ51102110206316121010211<122410152923Q0R71Q34Q61Q31>1<Q5V510502[H132\#
        610132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F9C<<1211<RM29696>196RG8Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:\#
        696=2>R1R;4Q<3SC8QK3>3QBR078Q6116WE6XI252Q525271010101N2QD1>1=251B22181S41;2J1<3NAQ0?T;4c:5Q6I:EQhC2O2Q13;17J3\#
        @Q>1Q>1TC5Q<10502QG71>G96161616161616161S2QMI1RH<VEJ;4QO1RE2S65Q83RM1Q:5Q3<Q>1VN1VeE:d`EQ:QT<3QF9ZKDUG8U=27QOQ\#
        D496QG8R49;6M2RC;M3R=1:4Q01QF9=292S6HK:5252596161QE:SM296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I6QB1\#
        B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RE3;40Q?Q=T2L3Q@?K4Q3<J5Q:5M1Q44=Q:TM29RFQ78QC;0T@YF9E:7TH5201Q\#
        ;11302F1R788Q@B115Q03J50R0QG4C2QA1157121J4248887QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB75[0N\1R=4M?R2>H796QD1=<Q69R=2\#
        ?1C;A1Q:R2610131>1:6QJ596317212E1611142821222060562634X;R789U6QE2Q5Q2R4;9Q6QG89QFI3>4?[0RB<0^0QHQX7lIS6S>14;V3\#
        ReLQQ>SnAb6X]IaH7N1941S0M25:R5:9161D5Bk@R4;Q>@@`S01RoNS:5<387927TjLWE:Q62UOGR5UJRF9AT>RD1R6112021231;10161R013\#
        27161K131410361ZC2Y32eM?41>SZ@V42?QY931J1110201913101060401010121110201010101011102316131310191@52141@QD1X>Q;4\#
        S3<>2>1>1Q4:<3N1QK4Q:R;L=Q:5871U>cI1Q81Y;?<33<SC<RDQ;;4QG896Q78MS28S74QK0QaMQYfHQ9TQD;VM2Ud1ZZN`MQ_01QooN1QooN\#
        1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN110NROT0W?Qo`>TPP1d80kG2546101C1\<1Q5261Q611221QF8J54;L1W?1QK2S4>\#
        QJ5Q=2>1K20R1D17FU?17212E1610332821238041142E5215412E16111111201441223073107?;218121E16111429121220?32;7072172\#
        12E1611142821228141142A:115321331101131323;4432132060>D5317121F1?371213711253298;17121F19142812137170132911>21\#
        7121Q82712154?2I211A3G181026304510176922<QI4LQ51102110206316121010211<122410152923Q0R71Q34Q61Q31>1<Q5V510502[H\#
        132610132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F9C<<1211<RM29696>196RG8Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01\#
        L2:696=2>R1R;4Q<3SC8QK3>3QKQG78Q6116WE5XJ252Q525271010101N2QD1>1=251B22181S41;2J1<3NAQ0?T;4c>1Q6I:EQhC2O2Q13;1\#
        7J3@Q>1Q>1TC5Q<10502QG71>G96161616161616161S4QKI1RH<VEJ;4QO1RE2S65Q83RM1Q:5Q3<Q>1VN1VeE:d`EQ:QT<3QF9ZKDUG8U>17\#
        QOQD496QG8R58;6M2RC;M3R=1:4Q01QF9=292S6HK:5252596161QE:SM296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QE8Q=2I6\#
        QB1B13441T6201UM352525223616:B1I1B111>2=Q2SJ524Q<3RG1;40Q?Q=T2L3Q@?K4Q3<J5Q:5M1Q44=Q:TM296Q34Q34Q78QC;0T@YF9E:\#
        7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2QA1157121J4248887QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB75[0N\1R=4M?R2>H796QD1\#
        =<Q69R=2?1C;A1Q;R1610131>1:6QJ596317212E1611142821222060562634T;RI1010Q2R789U6QE2Q5Q2R4;96<CQG89QFI3>4?[0RB<0^\#
        0QHX781Q<1=:L3O2E1=j9lIS6S>14;V3ReLQQ>SnAb6X]IaH7N1941S0M25:R5:9161D5Bk@R4;Q>@@R00OUo<CgBYX=1RoNS:5<387927TjLW\#
        E:Q62UOGR5UJRF9AT>RD1R6112021231;10161R01327161K131410361ZC2Y32eM?41>QZ@61@261114QnEV42?Q9R:5941QU031J11102019\#
        13101060401010121110201010101011102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:<3N1QK4QLQIL=Q;4871U>nB=<369SC<RDQ;;\#
        4QG896Q78MS2>17802;1;4>Q1AQ>0QaMQYfHQ9TQD;VM2Ud1ZZN`MQ_01QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1Qoo\#
        N110NROT0W?Qo`>TPP12RQY@QC;03Q@975J53RUh0J2>4?fLQ@97I6IQ?0:0405F1N1^94;>47010RF0Q:41123106012101C1RB1T:8U51Q52\#
        06Q8Q7=101111108J43M:5QG1@4S517474?20@Q?=S4>Q:91405G2BCH7:QED1A<;366R;1?124>291B17212E161033372121108041142;:0\#
        4215412E161111114441214073107?;218121E16111438121130?329934217212E1611143721219141142910@115321331101131323;44\#
        32123060>9@317121F1?37121281125329@317121F19143712128170132911=<121Q827121210537429:5121A3G1810268510176921=QI\#
        566029Q7110141G101B122410602923Q00O9F71Q34@6?1Q3R3QF102>6R=2Q510502Q:1Z<132610132Q8132Q0132610132>1QH132R2Q5?@\#
        RE253c;2@1I5R:3:7<15<C<C<<1211<QC2B>04039Q696RH7Q:5R5:N1;48=Q724;Q;4I69Q6K4QN2C;969=0G1QOQC1>1649Q6Q92QI1:>QF9\#
        93Q@287Q:22Q931511305UOQ7=;XE252Q525271010101N2QD1610321633254<5216SD0=0@<S5040291034601010131:235440AQ8i=QCQh\#
        FQ>1Q>1T46331<Q510502QG70@F96161616161616161OQ?0^E2I874244RE621RI135Q:1RMAOQ@?`0V]OR0d_L3QT<R3Q=2X<3KDQ>573S@Q\#
        782S62QD28Q:@1Q0HQC<R310:9H5301Q=5Q2=L3QB1;?:6N1QF9=296F3R41010H22?23;5252596161Q:1=6SJ596Zm3<F4Q@XX4[=2S9Q66<\#
        45;1<141011111S;Q1[:BQO2QEQ8;SD41T6C97I6I;RH35252522Q3;1I1B111>2=Q2SJR5QDX;L3Q@Q?O=M5Q:5M2Q34714Q:TM296Q34Q34Q\#
        78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:IR6QG61R031157121LQ:L3LQ371KKQE:E:B=AS>R8QGQB=QB=Q789Z6Q91131R>L:08ES:DK\#
        F9R5Q09BQFGH796QB39438Q2309QO139<10Q3A1Q12060R1610131>197QH796317212E161114372121306056TLR112135952NR1211089U6\#
        QE26I5Q2QN1030;9Q6QE2079QFJ2=59V6QHS7R9E72027111M112123=9R672Q=251011KQB29AR750Q2QHX781Q<1610?9HM2E1=R96111Q;3\#
        0111210218965111Q411131079YFFUI0R?lIS6S>AV3ReLQQ>SnAb6X]IaH7N19S6MBQ?@3<99D5Be@QOT0R:4QH7@R0110<1>UoG8QVEQ:8Xg\#
        GXNQA2A38\;RX4S:5<387940Uk1RD1R6112021231;10161R01327161K131410361ZC2H1H1N1H1N1H1N1H1N1H172QARP061@261114VEQ<:\#
        62940[AQ;49QX6V4QKR3303049QU631J1110201913101060401010121110201010101011102316131310191@52141@cDI6I6IRc69QP6QY\#
        fMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:eGR1I6IQ?0:0405F1N1^94;>47010RF0Q:41123106012101C1RB1T:8U51Q5206Q8Q7=101111108J43\#
        M:5QG16>S5174742:220@Q?=S4HQ091405G2BCH7:QED1A<;366R;1?124>=B17212E16103337212110804114<1:04215412E16111111444\#
        121407310A5;218121E16111438121130?3E34217212E161114372121914114=0@115321331101131323;4432123060Q8317121F1?3712\#
        12811253L317121F1914371212817013=1=<121Q8271212105374F5121A3G181026851017B1=QI5660QC110141G101B12241060>3Q00QO\#
        71Q34@6?1Q3R3QF1024@QO:32Q510502Q:1Z<132610132Q8132Q0132610132>1QH132R2Q5?@RE253c;2@1I5R:3:7<15<C<C<<1211<QC2B\#
        >040R3RH7Q:5R5:N1;48GM24;Q;4IQFK4QN2CQB0G1QOQC1>16QDQ923:Q;1:>QFF2:Q3287Q:22Q931511305UOQ7=;XE252Q525271010101\#
        N2QD1610321633254<5216SD0=0@<S5040291034601010131:235440AQ8i=QCQhFQ>1Q>1T46331<Q510502QG70@F96161616161616161O\#
        Q?0^E2I874244RE621RI135Q:1RMAOQ@?`0V]OR0d_L3QT<R3Q=2X<3?:1DQ>573S@Q782S62QD28Q:@1Q0HQC<R310Q<53012:Q05Q2=L3QB1\#
        ;?0@?:41QF9=BF3R41010H22?23;5252596161Q:1=6SJEZm3<F4Q@XX4[=2S9Q66<45;1<141011111S;Q1[:BQO2QEQ8;SD41T6Q4I6I;RH3\#
        5252522Q3;1I1B111>2=Q2SJR5QDX;L3Q@Q?O=M5Q:5M2Q34714Q:TMBQ34Q34Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:IR6QG61R0\#
        31157121LQ:L3LQ371KKQE:E:B=AS>R8QGQB=QB=Q7ZHQ91131R>L:08ES:DKF9R5QLQFGHGQBA38Q2309QO1391:010Q3A1Q12060R1610131\#
        >197QHG317212E161114372121306056TLR11213D2NR12110UHQE26I5Q2QN1030QKQE20R7J2=VEQHS7QOO72027111M112123RM72Q=2510\#
        11KQB29AR750Q2QHX781Q<1610QAM2E1=R96111Q;3011121021H5111Q4111310Z7FUI0R?lIS6S>AV3ReLQQ>SnAb6X]IaH7NSAMBQ?@3OD5\#
        Be@QOT0R:4QH7@R0110<1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<387940Uk1RD1R6112021231;10161R01327161K131410361ZC2H1H1N1H\#
        1N1H1N1H1N1H17RQD61@261114VEQ<:6@0[AQ;QXDV4QKR33030QUD31J11102019131010604010101211102010101010111023161313101\#
        91@52141@cDI6I6IScFQYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:1RaP0b620QeoORP0QPWoOQIQ`04151=10101O19;I1S;1Q1R@Q?Y0D1A;>1L\#
        Qlb@SAA[:BQO2QEQ8=SB41T6Sk3NQgl131J1110201913101060401010121110201010101011102316131310191@52141@QD14QYAQ52QA2\#
        2Qm\342RRR0E1810SOe50kG2546101C1\<1Q52QA221QF8J45;L1W?1QK2S4>QJ2Q@2>1K201:QED1A;U@17212E1610332821238041142H22\#
        15412E16111111201441223073107@:218121E16111429121220?32;761217212E1611142821227241142A:115321331101131323;4432\#
        132060>D5<121F1?371213711253297E121F19142812137170132911=<121QB12154?2I121A3G181026304510176922<QI4LQ5110141G1\#
        01F2410152923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F9C<<1211<RM296\#
        96>196RH7Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:696=2@QOR;4Q<3SC8QK3>3QK7Q:2:8Q:5WI1XJ252Q525271010101N2QD1>1=251B\#
        22181S41;2J1<3O@Q0?T;4dFI:EQhC2O1TG1Q>1TC5Q<10502QG71>G96161616161616161SBQ=I1RH<VEJ;4QO1RE2S65Q:1RM1RC<Q>1k^L\#
        3QT<3QF9ZKDUG8UO28Q:QG396QG8R58;6SC;M3R=1:4Q01QF9=292S6HK:5252596161QK4SM296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111S\#
        KA[<@QO2QEQ8=2I6QB1B13441T6201UM352525223616:42;1I1B111>2=Q2SJ524Q<3RG1<30Q?Q=T2L3Q@?K4Q39M5Q:5M1Q44=Q:TM296Q3\#
        4Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2QA1157121L2249787QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB7Q=8\#
        9Y6N1Q91221R>Q78Q9RFKDF9R=4M?R2;02H796QD1A8Q69RO1C;A1Q;R1610131>1:6QJ596317212E1611141921222060562634T;RK14NR7\#
        89U6QE2Q5Q2R4;96<CQH79QFJ2>4?V0QKS4RB<72027111M112;99R672Q=2:KR78RBMQHX781Q<1=:L3O2E1=R96111Q;3011188965111Q41\#
        11579YFHUG0?QA=lJS6S>14;V3ReLQQ>18Sn7b6X]IaH7N1941S0M25:R5:9161D5Be@RJS5R:4QH7@R04;1>UoG8QVEQ:8XgGXNQA2A38\;RX\#
        4S:5<387927TjLWE:Q62UOGR5TJC<RF9HT7RD1R6112021231;10161R01327161K131410361ZC2Y32eM?41>QZ@61@261114VEQ<3=2941[@\#
        QI50QX0V42?Q9R;4941hAR3R<QLV231J1110201913101060401010121110201010101011102316131310191@52141@QD1X>Q;4S3<>2>1>\#
        1Q4:U=QHL=Q;4871>5TJnG8<3<3SC<RH7;D;4QG896Q78M21R>SH1RA1T6<=2432569H7692=6Q9TB1QFQ59QP6QYfMQ2TQD;VM2Ud1>WY@SPO\#
        `MQ_2Tj:ekUF0NROT0W?Qo`@QooM2QooM2RRh0QE362Vh0R;4Q<2QYe0RGQ`X8aH2Rjf@M252Vn0QC83>R\0317212E1610332821238041142\#
        H4RWP081Q<1=:L4Q`L0V_A1J4QG3890F0SO0U^O0R[O:Q40Q?0Sm003g:1[`IQ:S@O3RTP0R=4M?01ZP0WO2V`0K211Uj0Ce80OROQ0=0f:163\#
        7010D0\=0Q61QB130QG7K36@F1UO0Q@1QK1S5=QK1QA1?0L110;QDE0B:?0U108121F0701241912147132051I1306321F070202021105321\#
        32164016A9309030F0702051:030311>41<670308121F0702051912136332051B9206230422010222232<3523041151=E4=030G0@28030\#
        46203441:6F030G0:051903046261041:02<=030QC03063@1J030B2H090117213601085:13;QJ3MQ4201050H010G1501061:14OR80Q43Q\#
        70Q40?0=Q4V601411[I041701041Q9041Q1041701041?0QI041R31Q02J5RF161dM2RI6=07:G8D;=0302;RN1:5:5>1:5RI6Q;4R69O0<3<3\#
        12Q:15:Q<3J5;2QN1R10M1;5:5>1AQNR<3Q=2SD7QL2?2QL6Q;1;7Q;4WJ0XK161Q616180101010O1QE0?0>160C13090;4J4QA?21K0=2Q0?\#
        Q1>T<3dGH;DQhD1Q00TH0Q?0TD4Q=01411QH62=H87070707070707070SCQ<J0RI;VFI<3R00RF1S74Q;0RN0RD;Q?0k^M2QT=2QG8ZLCUH7V\#
        019Q9QH2:5QH7R67<5SD:N2R>0;3Q10QG8>1:1S7GL96161687070QL3SN1:5Zm4;G3QA3RP0VWO[>1S:Q57;54J050102020SL@[=?R01QFQ7\#
        >1J5QC0C04350T73UN261616132707<21<0J0C020?1>Q1SK433Q=2RH0=21Q>Q>T1M2QA>L3Q48N4Q;4N0Q53>Q9TN1:5Q43Q43Q87QD:1T?Y\#
        G8F98TG6110Q<02211G0R879Q?C024Q12K41QOQH3D1QB0248030M133:696R0OQ73<8QF2M1K4J64;7R?R9QFQC<QC6Q>7:Y5O0Q:0312R=Q8\#
        7Q:RELCG8R>3N>QN04=I6:5QE0B7Q78S00D:B0Q<R0701040?0;5QK4:5408121F0702050:12131151471725T:RL05MR87:U5QF1Q6Q1R5::\#
        5=BQI6:QEK1?3@UOQLS3RC;81118020N021<8:R581Q>1;JR87RCLQIX690Q=0>9M2Q01F0>R87020Q<2102097:56020Q502066:YEIUF1>QB\#
        <lKS5S?05:V4ReKQQ?Sn@b7X]HaI6O0:32RON169R69:070E4Ce?RKS4R;3QI6AQO5:2=UoH7QVFQ99XgFXOQ@3@47\<RX3S;4=296:14TjOWF\#
        9Q71R:7S>FR6TID;RG8IT6RE0R7021112140<01070R10418070L040501270ZD1Y41eN>50?QZ?70A170205VDQ=2>1:32[?QJ41QWOV51@Q8\#
        R<3:32h@R4R;QMV140K0201110:040101513101010302011101010101020114070404010:0A43050AQC2X=Q<3S4;?1?0?0Q59U>QGM<Q<3\#
        962=6TInH7=2=2SD;RI6<C<3QH7:5Q87N12R=SI0RB0T7;>1523478I6783<7Q8TC0QGQ4:QP5QYfNQ1TQE:VN1Ud2=WYASPN`NQ_1Tj;ek]DW\#
        @Uo`?2RTX0QD1A2UP0cOa@R51RPe0Q@T=R1I6IQ?0:0405F1N1V2134V?1Q371N4S00Q:32123106012101C1RB1T:8U51Q59Q8RhGQ510502Q\#
        :22e0RE25RT287Q:22R0UOR0XE252Q525271010101N2QD1610321633254<5216SD0=0@<S5040291034601010131540235440AO31iAQCQh\#
        FQ>1Q>1T46331<Q51050nXBQ=BMT4S5331Q?28Q:112iEQ:1<7R?cj06<4QP9I6IQU5R?S0Q34Q3Ql4QB=QBRm=QOe[0QOi\0RD1R611202123\#
        1;10161R01327161K131410361ZC2H1H1N1H1N1H1N1H1N1H17TYDR3Qo<I6I6IT4R1I6IQJ0:F1N1V2134V?1JV032132106012101C1RB1T:\#
        8U51Q59Q8RhGQ510502Q:22e0RE25RT287Q:22R0Q;QO<1Q1S5XE252Q525271010101N2QD1610321633254<5216X5040291034601010131\#
        540235440QD1RcKQ>1Q>1K2S66331<Q51050nXBQ=BKT6R=1F331Q?28Q:130iEQ:587R?cj06<4QP9I6IQU5R?S0Q34Q3Ql4QB=QBRm=QOe[0\#
        QOi\0RD1R6112021231;10161R01327161K131410361ZC2H1H1N1H1N1H1N1H1N1H17TYDR3\JQ7060;0Q3010R7040104021_GUO41409110\#
        WK6V?050QAQ<10111110Q<0;5::10Q30:D@0S571913Q1010NJRK:QJ:4020HGQ;2SGQ?QG010474036:1=0?0QJ04380D1J021QI041412230\#
        N130;1QI0441140D1F510QJ020138071;1N0QM0<0QB030QI2521371;1M0QJ0206051D1L1QI14380D1M0R807210RJ026;8S20289015R:1K\#
        01010QG=14115:1Q390S63151121I142@3=02160?0RN0c02mB2M2M1N1R0116802:3050Q=3QD0R11Q20SF2419062VK120QJ016101027692\#
        0Q708@QO3Q@0141050Q88<1Q032112QH0113012QJ721R05RB21<16406031QBQN=0Q2RN14]M012;2=2=2=1<481:02024QA41910=0@<QCQ0\#
        Rl;1SA2SM0?0S0OQ?0^E0Q433450RM5RM2khF0QW25X>0S231910L3R@1>Q1R>0G2S=1803040I150TG1JA=0Q67I:Q>2Q@02321A0E1R25212\#
        1<080Q30;0QC012215110K0>15110S4492SI02040ci@0TC?aN?30<?Q2020U907060;0Q3010Q?0Q=1R30E2`10W20TE4Qd621153Q8240U51\#
        aM3\31TI:U@0QF>QH2QA32120?0QB2Q4417QN0<1QD8:320RO2201160U0037E1QI130Q5634V372210G0RD5104111W>36111K1RE72011S:0\#
        102510S522314X3811X011040T@32140Q09Q8523809522Q><11\F61510RBE261111SJ530111610R813010ZK1UYK8]eG4QK693QP;0QO@R0\#
        111cUH113UV329?26N3TD2QmKQF4QA80>0F41>QZ@61@261114X5=]>3Q_06S=7Re?4hSP10NROT0W?20OROQ0DU=0QZB5F0V00QA0^B0Si;0Q\#
        oL4J4QA419Qgd?0WI2TV10?0Xk28QRS73UV?7h[d60NRO4QZ`0QF9=2923c6R1IRJ0:F17Q001010101010101010101010101010101010101\#
        01010101010101010201010101010101011101010101010101010101010101010101010101010101110101011101112231112311110101\#
        11020111210113071111110101010101010102010101010101010102110121010101010101010101010101010101010101010101010101\#
        0101010107111201310101010WF0Q:0103080601210111@18F0<231101010101010101010101010112110112QBQ@010101010101010101\#
        01010101010101090101010101010101010101010101010101010101010101010101011101010101010201010101010101010101010101\#
        0101010101010101010101010101010101010101010101010101010101010101010102Q5Q@0RhHQ51050i:5RT287Q:22Z0010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        01010101010101010101010101051201010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        010101010101010109785:78785;010101087@Q?22255225;3<45225Y903160Q=?C0iBIQi@Q>QA01220101013102082101010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010101010101010801040nZ=010101010101010101\#
        010101010101010101010101010C010101010101010101010101010T701010101010103010101010101010101010101010101010101010\#
        1010101010101010101010:0101110101010401020103010101010101010101014141010101010301310Q;0kJR?cj06<4QP9IQV5Q7T8Q3\#
        Qm<QBRo=Oe\0One0Q1SLR1I6IQJ0:F1N1QO1RC1<1=2=21104RL1A6J111011311011142011207020113550:1U60Q:32132106012101C1Q>\#
        3Q0141T48U51Q5:Q6RhHQ510502Q:22e0RE25RT287Q:22UI030@0SATK201SE252Q525271010101N2QD1610321633254<5216Y903160K0A\#
        O31iAQCQhFQ>1Q>1@11117S57331<Q51050nXBQ=BKT6=2QM9>32241H1?28Q:1jL0LR?cj06<4QP9I6IQU5R?S0Q34Q3Ql4QB=QBRm=QOe[0Q\#
        Ond0R3bIR1IS5F16Q101010101010101010101010101010101010101010101010101010102010101010101010201010101010101010101\#
        01010101010101010101010101110103110111223111231111010111020111210113071111110101010101010102010101010101010102\#
        1101210101010101010101010101010101010101010101010101010101010107111201310101010Y10103080601210111@18Q308010101\#
        010101010101010105020112QBQ@0101010101010101010101010101010109010101010101010101010101010101010101010101010101\#
        01010111010101010102010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        010102Q5Rj9Q51050fBRERTJQ:22Z001010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101090101010101010101010101010101010101010101\#
        0101010101010101010101010101010101010101010101010101010109785:78785;010101087H7878784;4;3<4;4Y903160Q=?C0iBIQi\#
        @Q>QA012201010131020821010101010101010101010101010101010101010101010101010101010101010101010101010101010101010\#
        1010101010801040nZ=010101010101010101010101010101010101010101010C010101010101010101010101010T70101010101010301\#
        01010101010101010101010101010101010101010101010101010101010:01011101010104010201030101010101010101010141410101\#
        01010301310Q;0ei;IQV5Q7T8Q3Qm<QBRo=Oe\0One0Q1c:S1IQJ0Q9G171010101010101010101010101010101010101010101010101010\#
        10102010101010101011101010101010101010101010101010101010101010101020101220102030502031302010102040203010203010\#
        40111110101010101010101110101010101010101210103010101010101010101010101010101010101010301010101010101010802110\#
        4010101015111011311011142011207020113550:1U60Q;0103032B0KQ21132101010101010101010101014102020QDQ?1010101010101\#
        01010101010101010101090101010101010101010101010101010101010101010101010101020101010101011101010101010101010101\#
        010101010101010101010101010101010101010101010101010101010101010101010101010QAQ6Sc@5RT28W@030@0SB01010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        01010101010101010101010165010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        0101010101885:78785:7878=2787878411603211832187:211ZF0Q1?40j;IQj6Q>20311010106020:0101010101010101010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010801040<Q51050nXC01010101010101010101010\#
        1010101010101010101010C010101010101010101010101010T70101010101010301010101010101010101010101010101010101010101\#
        01010101010101010:010201010101040401120101010101010101010;01010101010304010Q;0jL0LR?cj06<4QQ9IQV=Q7T8Q3Qn4QBRn\#
        =Oe\0One2Q1c;S1IQJ0Q9G1710101010101010101010101010101010101010101010101010101010201010101010101110101010101010\#
        10101010101010101010101010101010201012201020305020313020101020402030102030105111111010101010101011101010101010\#
        10101111103010101010101010101010101010101010101010301010101010101010802110401010101511101131101114201120702011\#
        3550:1U60Q;0103032B0KQ21132101010101010101010101014102020QDQ?1010101010101010101010101010101010901010101010101\#
        01010101010101010101010101010101010101020101010101011101010101010101010101010101010101010101010101010101010101\#
        010101010101010101010101010101010101010QAQ6Rj8Q:22gH5RT28W@030@0SB01010101010101010101010101010101010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101650101\#
        010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101885:78785:7878=2QD11\#
        4010321140332187:21140ZA0Q1?40j;IQj6Q>20311010106020:010101010101010101010101010101010101010101010101010101010\#
        101010101010101010101010101010101010101010801040<Q51050nXC010101010101010101010101010101010101010101010C010101\#
        010101010101010101010T7010101010101030101010101010101010101010101010101010101010101010101010101010:01020101010\#
        1040401120101010101010101010;01010101010304010Q;0jL0LR?cj06<4QQ9IQV=Q7T8Q3Qn4QBRn=Oe\0One2Q13Tm0RE25QUkBR?1RSm\#
        @KR8Q90QC0O0SeM010QjN0R]90QG0?0cJ010N0QQN0101010101010R@0Q0010101010\D010101010101010101010R0010Q10QQ50101010^\#
        O0101010103010101021QcXN0VI0M01010101010101030A01010U:0QC0O02020e5kH1637010D0\=0Q61QB130QG7K36:M0W@0QL1S5=QK1Q\#
        A1?0L110;QDE0B:UA08121F0701241912147132051I1306321F07020202110532132164016A9309030F0702051:030311>41<670308121\#
        F0702051912136332051B9206230422010222232<3523041151=E4=030G0@2803046203441:6F030G0:051903046261041:02<=030QC03\#
        063@1J030B2H090117213601085:13;QJ3MQ4201050H010G1501061:14OR80Q43Q70Q40?0=Q4V601411[I041701041Q9041Q1041701041\#
        ?0QI041R31Q02J5RF161dM2RI6=07:G8D;=0302;RN1:5:5?0:5RI6Q;4R69O0<3<312Q:15:Q<3J5;2QN1R10M1;5:5>1AQNR<3Q=2SD7QL2?\#
        2QL6Q;1;7Q;4WJ0XK161Q616180101010O1QE0?0>160C13090S50<1K0=2Q0?Q1>T<3dGH;DQhD1Q00TH0Q?0TD4Q=01411QH62=H87070707\#
        070707070SCQ<J0RI;VFI<3R00RF1S74Q;0RN0RD;Q?0k^M2QT=2QG8ZLCUH7V019Q9QH2:5QH7R67<5SD:N2R>0;3Q10QG8>1:1S7GL961616\#
        87070QL3SN1:5Zm4;G3QA3Xc>1S:Q57;54J050102020SL@[=?R01QFQ7>1J5QC0C04350T7110UN261616132707951<0J0C020?1>Q1SK433\#
        Q=2RH0=21Q>Q>T1M2QA>L3Q48N4Q;4N0Q53>Q9TN1:5Q43Q43Q87QD:1T?YG8F98TG6110Q<02211G0R879Q?C024Q12K41QOQH3D1QB024803\#
        0M133:696R0OQ73<8QF2M1K4J64;7R?R9QFQC<QC6Q>7:Y5O0Q:0312R=Q87Q:RELCG8R>3N>R3:11I6:5QE0B7Q78S00D:B0Q<R0701040?0;\#
        5QK4:5408121F0702050:12131151471725T:RL05MR87:U5QF1Q6Q1R5::5=BQI6:QEK1?3@UOQLS3RC;81118020N021<8:R581Q>1;JR87R\#
        CLQIX690Q=0>9M2Q01F0>R87020Q<2102097:56020Q502066:YEIUF1>QB<lKS5S?05:V4ReKQQ?09Sn6b7X]HaI6O0:32RON169R69:070E4\#
        Ce?RKS4R;3QI6AQO5:2=UoH7QVFQ99XgFXOQ@3@47\<RX3S;4=296:18TjKWF9Q71V0FR6TID;RG8IT6RE0R7021112140<01070R10418070L\#
        040501270ZD1Y41eN>50?QZ?70A170205VDQ=2>1:32[?QJ41QWOV51@Q8R<3:32h@R4R;QMV140K0201110:0401015131010103020111010\#
        10101020114070404010:0A43050AQC2X=Q<3S4;?1?0?0Q59U>QGM<Q<3962=6TInH7=2=2SD;RI6<C<3QH7:5Q87N12R=SI0RB0T7;>15234\#
        78I6783<7Q8TC0QGQ4:QP5QYfNQ1TQE:VN1Ud2=WYASPN`NQ_1Tj;ekUE1MS0SOW@Qo`?QooN1QooN13QhP0VWOlQh0QooM2QooMY2h0S?XC6X\#
        7Q<10111110R8:Q@D@0S56252113Q30NJRK:QJ890H3181214Q;2SG>1Q0QF21A16:1M2QH016212290:1J022QH014412230N130;2QH01712\#
        12D1F512QH016212272:1N0QK4321390Q84QI6121371;1M2QH016121371;1L3QG116121390:1M2R60451017B1QM026<7S2028;5R:1K010\#
        1041QAC115:1Q390S4CG342122633=;10:3eO2mB2M2M1N1R0O90Q=2SG1Q20SF;4;VK4QI91L20Q@@QO4Q?@Q68<2N<QH=Q@CTH21D406022V\#
        6QI14f@Q0RoN2T=0S0Oa:5S91m^D319Q01R@1X@03040G440RC1QBAJA=0Q67I<Q<3Q?=Q40R3=<081Q=2QB012215110Q9451W<711ci@0g1?\#
        @?n=0W20TE4Qd621153Q8240U51aM3\31TI:U?2QE>QH3Q=:R52Q4=@1Q<0<2Q@=8311RL;60U0;E3QG116212290:12634V0AG0RACW;628K1\#
        RB@S:<S5>X0>WE511231011T=62630L9Q8613809:Q>?\E717RBE1=SJ530111610R241114ZK3boI4QK6QPH01QF73RA0;1cU;1UV64358726\#
        N3TD2QmKQF4QA80>0F41>QZ@61@261114X56]E3Q_06S=6hUmEW?U=0R0J5JQ>1>14G0O0^1Q6542CSD0906010cM060>030Q00TL0`40T11QV\#
        I0\E3Y20Q_?2R71V;110QV=0=073151220h5;2RF1:3:1>AOR0Q512251J1@Q924dFI:ElOX0cC2O1S8`0RB\M;44101H?743RK130RJ1TC?Q0\#
        Q3QLQOOR@Q?0RHU7V^0QOfX0Q1S62U59WD0U00\;0>1d^B1V@9FQ21B13TC01OJ5J::0Q=1R0616:4X224Q<38R@<QCQ<W4JkW61cUL3TjLWE:\#
        Q62QM3@817M4QJWGC<RF9HT7RD1R6112021231;10161R01327161K131410361ZC2Y32QAUSAR3R<QLf2Q;4S3<>2>1>1Q4:U=QHI11=Q;487\#
        1>5TJnG8<3<3SC<RH7;D;4QG896Q78M21R>SH1RA1T6<=2432569H7692=6Q9TB1QFQ59hQP70NRO6RO0WnO1C0Qg^N1H2W?03o2=ZT@SC566R\#
        RP05201Q;11302004RXP0lIS6S>14;V3EQ40SM3QW90SK0_B1_B170WE0X70b50R\K0RV4OQQkH0e^30S<0TJ0VK131WoF3Q`hN0R]@08QP0T4\#
        2U8Uj@8U20R<0TS7OnR0ROel>1FQ=0QZL0QC0Sb10QP50RP95QM0Q70?0\60SP4020O140^K0C0S?0Qc\@1Q50:0U90SlO0BQ=0QZL0QC0Sb10\#
        QP50RP95S`1020O140^K0C0S?0Qc\@1Q50:0U90SlO0QMQ@9Qa69T69V69\L9SF9SF9SF9SF9SF9SF9SF9SF9SF9S09SF9R69XF9R69Qj69Q69\#
        Y<9T09U6969UF9RF9T6969QR^69e69Q69V69F9RF9\F9dhF9Q\69RT69i<9T09QL9T@9XF9ZF9SF9[F9S69S69]69S69gF9WF9R69cUF9W69kS\#
        DQARZ09]69QbF9TdF9AU=0e10f<0Rj21QbC1RE3QoL4J4QA?TWD0QcTK?W?0U00R?8Q_U73UV?7h[d5SoO8Z90QY90RX3010RQ91RV55eI1kgV\#
        F01RQP0R?4RX0R@4>2IQWk0OU@RN010R70604021_GTN1755A14091WM4VA0QG@1J101110T6741T614132R3JRK:QJ:Q21V9KQM0@033L0R:0\#
        @0S>0@0S>0@0Q?2QL0@070SG0SO0S>0@0S=1@0SL0SL510S;0=4R;1K0101041R2211QN0S@011Q8144I610:1f12QS9:90ZK2YI720Q@=SF0?\#
        0Q68QF1T:1R05RBH406022QBQNRI;Q5432]M012;2=2=2=1SW@2YM0_J5S93RO0m[B0<110L1RB1>Q1S62S=1V:0KAQI3Q40RO0<0Q40TE2R13\#
        QC0S4492T01ci@0h1?X>010Q?0Q=1R30gL0RP41aK5`N:[81SH1QN0R<092S81UB1RA0@0H634V=030SK1WK1SN0SF1SC0X=1X2140TL0RC0B0\#
        RA0]50X2011RA0cZH4QK6QRH@R@1h[E2358726N3Sl26]E3Q_06S=2128RVX062027111M112;991RVP0QK5S_P0S:5<387923Q6Y`M0VK0@3S\#
        cSG0QL22022SE12:EB3042127010H0V9140E041U>234RC0@290;0aO02087609922QH0QM11110A21<:Q306059WnC0VE0QgY;0QlnFI_K4Q]\#
        @3hQc<RO2R\P0QQ>181RQX0Q71RSo0F1SloK4THQ306059S?040Wl=0<0VH0F0RJ5?1[?1<0U60I:42V70W71:090QJ3149020212040201120\#
        30318250105;;1201110B021B5101131502141;15120511011D155132040202510201010603060:1?02040104210;1Q@290>0>0[D1^?2C\#
        1QC040QVJ0<0bI010S_[:0V:0U01<1>029R;I11G0D028E1U>Q12S?21122RB221X61QN;51G7127<0232041=120819052<28220104060306\#
        REQ@R557228530113029W3;Y0Q>191QA1RA1QBS@432569H7692=6RAXhJ1V=33020`91E1QB;Q;0C0=081A1518050E0711040207041L0Q30\#
        104210QM2H0>0jK1QC040SaU>0V:0UN029R;I10H0D02412E1U>Q0<81R51E<Q:44<@303R6101UJ2QN=31GB0J1=0RFRDQ@R5603222C178W3\#
        ;Y0Q>191QA1RA1QBS@432569H7692=65QT81UaD0Q`N312QQ\;2Q0T`0R8132610132Q8132Q0132610132>1QH132R22O3IV_6F9616161616\#
        161616oY2525259616Q0UG0`H1k>0]I0jJ0g@0SO0RZ30QH0c30\>0R40Tl90Q;4S71RM2khF0Q_F0n20F0T90S<0E1eSK0To<0c82QV?0dU91\#
        QTL110lZH1RP62R>U9040Wl=0<0VH0F0RJ5?1[?1<0RO0R60I:42V70W71:090QJ3151;1SA:SE2:1010603060:1?02040104210;4Q=290>0\#
        >0[D1^?2C1QC040QVJ0<0bI010S_[6WO=2O0QL5<1>029BQHK>:0D028139]A5YM8X9Q@SOSD;REQ:<3QH7:5Q87NRA<Q>191]HX0oM:UK0WjM\#
        030L0S^80104020?030:TU0Q510502Q:13Rl@Q:22TR0Q510507[P0Q>1Q>S\m161@2611146RW[05111Q41115797RWX06111Q;301118891R\#
        Pi@J?RTh0317212E1611142821222060562634e:Q1RMQ2fF2546101C1\<1Q52QA221QF8J45;L1W?1QK2S4>QJ2Q@2>1K201:QED1A;U@172\#
        12E1610332821238041142H2215412E16111111201441223073107@:218121E16111429121220?32;761217212E1611142821227241142\#
        A:115321331101131323;4432132060>D5<121F1?371213711253297E121F19142812137170132911=<121QB12154?2I121A3G18102630\#
        4510176922<QI4LQ5110141G101F2410152923Q0R71Q34Q61Q31>1<Q5V510502[H132610132Q8132Q0132610132>1QH132R22O3I6RE252\#
        cO1K3RH7<16;F9C<<1211<RM29696>196RH7Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:696=2@QOR;4Q<3SC8QK3>3QK7Q:2:8Q:5WI1XJ2\#
        52Q525271010101N2QD1>1=251B2218<L241Q>141;2J1<3O@Q0?T;4dFI:EQhC2O1TG1Q>1TC5Q<10502QG71>G96161616161616161SBQ=I\#
        1RH<VEJ;5QN1RE2S65Q:1RM1RC<Q>1k^L3QT<3QF9ZKDUG8UO28Q:QG396QG8R58;6SC;M3R=1:4Q01QF9=292S6HK:5252596161QK4SM296Z\#
        m3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QEQ8=2I6QB1B13441T6201UM352525223616:42;1I1B111>2=Q2SJ524Q<3RG1<30Q?Q\#
        =T2L3Q@?K4Q39M5Q:5M1Q44=Q:TM296Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2QA1157121L2249787QOQ\#
        0Q64;9QE3L2J5I73<6R@R8QGQB=QB7Q=89Y6N1Q91221R>Q78Q9RFKDF9R=4M?R2;02H796QD1A8Q69RO1C;A1Q;R1610131>1:6QJ59631721\#
        2E1611141921222060562634T;RK14NR789U6QE2Q5Q2R4;96<CQH79QFJ2>4?V0QKS4RB<72027111M112;99R672Q=2:KR78RBMQHX781Q<1\#
        =:L3O2E1=R96111Q;3011188965111Q4111579YFHUG0?QA=lJS6S>14;V3ReLQQ>18Sn7b6X]IaH7N1941S0M25:R5:9161D5Be@RJS5R:4QH\#
        7@R04;1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<387927TjLWE:Q62UOGR5TJC<RF9HT7RD1R6112021231;10161R01327161K131410361ZC2\#
        Y32eM?41>QZ@61@261114VEQ<3=2941[@QI50QX0V42?Q9R;4941hAR3R<QLV231J111020191310106040101012111020101010101110231\#
        6131310191@52141@QD1X>Q;4S3<>2>1>1Q4:U=QHL=Q;4871>5TJnG8<3<3SC<RH7;D;4QG896Q78M21R>SH1RA1T6<=2432569H7692=6Q9T\#
        B1QFQ59QP6QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:ekUF0NROT0W?Qo`@QooM2QooMj2Q0RNQ1<1bAS@72546101C1VO7U51Q52QA22Q>01020\#
        209J45A9;02Q<E?1S48061204O201MMRH;0>Q:963G4090307>1H501:QED1AQKQF10138312792L1117212E1610333011612110=1124G501\#
        5412E1611111142H310792210<018121E16111433801130?14;708117212E16111430206121?1124A;015321331101131323;501132123\#
        0ED6217121F1?3033C25149791:121F19143111112111B0114911?:121Q8201152121142194I211A3G18102691667922<Q?11;78<Q5110\#
        141G1019119024109923Q0G2J10101=1Q3B05024QA7151<Q5Q<4060212H233?4<11251>1Q710502[H132610132Q8132Q0132610132>1QH\#
        132R25L3I6RE252dL3RH7<13>A319A><12?QC207711;839696:596RH742Q1105R5:N43224115703Q924;Q;4I6:3QH213QG10901185=969\#
        6=RFQ?7014184J985O41203QG102210318Q?815>3QK7Q:2:;0=0731512205UOR0XE252Q525271010101N2QD1>1=251B22181:5G7Q@@12J\#
        1<3OR0T;4dFI:EQhC2O1TG1Q>1T>315Q<10502QG71?F9616161616161616Q1RBQ=I1RH<VEJ;4Q96?1RE4S45Q:1RM1RC<Q>1k^L3QT<3QF9\#
        ZKDQ>40:O2R?258UO28Q:<12131H24496QG8R3:;H<1Q58H;1;M6Q?11412?1:461H1Q86121;21710292O1QB1031242010H@27;525259616\#
        1QK4SD1113396Zm3<F4Q@XX4[=2S9Q66<4501G141011111SKA[<@QO2QEQ8=B9FQ21B13441T64TL2N352525223616=12;1I1B111>2=Q2SJ\#
        524Q<3RG1<30Q?Q<T3L3Q@@J4Q39M5Q5:M1Q44=Q:TM296Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B115Q03J50R0QG4C2Q>?31\#
        21L:8787QOQ0Q46;9QE3L2J5I73<6R@R8QGQB=QB7Q9<9Y6N1Q93021R>Q78E;8RFKDF901QE?64MBQ@412113>H799Q3509A8Q212;QC99411\#
        ?1C;A1K311025R2610131>1:6Q>12=98117212E161114301013212220<6TLQG81301D1012NQ?11601110202389U6Q>1163202JQ4QB8110\#
        23;96<CQ:1011601079QFJ51409?V0Q>9020S4RB<72027111G141140131299R672Q98313K0:Q7614790613Q==028MQHX781Q5>015:L3OI\#
        07020R;6111Q5E09965111Q441101079YFB23UG0?QA=lJS6S>14;V3ReLQQ>SnAb6X]IaH7N1941S0M70:Q?7>:9161D5Be@RJS5R:5QG;<R0\#
        3<1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<38792020Tk0WE:Q62QK1033E17M4QJGR130TJC<RF9HT7RD1R6112021231;10161R01327161K1\#
        31410361ZC2Y32aAQG3QB71=16QcDQ<:62941[@Q;4950QX0V428Q@R3704941hAR3R<QLV231J11102019131010604010101211102010101\#
        01011102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:U=QHL=Q;4871>5TJnG8<3<3SC<RH7;D;4QG896Q78M21R>SH1RA1T6<=2432569\#
        H7692=6Q9TB1QFQ59QP6QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:C09111AROQ0=0Q[>0T_A0QoL021H6QA?Qgd?0W@;]QD8QRS73UV?7h[d5OS\#
        0SOW@S`?1=0ZIh0S?XC6X7Q<10111110R8:Q@D@0S56252113Q30NJRK:QJ890H3181214Q;2SG>1OQG010474036:1M0QJ010238090:1J021\#
        QI041412230N130;1QI0441140D1F510QJ011138072:1N0QK010<090Q8030QI2521371;1M0QJ02020305171;1L1QI110238090:1M0R804\#
        0221080RA026<7S2028;5R:1K01010QG=14115:1Q390S63151121I142@3=02160?0eO2mB2M2M1N1R0116802:90Q=2SG1Q20SF2419062VK\#
        120QJ0161010276920Q@@QO3Q@61050Q88<1Q032112QH0113012QJ721TH21<16406031V6QI14`<0V3Q0RoN2T=0S0Oa:5S91m^D319Q01R@\#
        1X@03040I150TG1JA=0Q67I:Q>2Q@02321Q70R352121<080Q?0QC012215110Q:180W>02040ci@0g1?@?[>1bM0W20TE4Qd621153Q8240U5\#
        1aM3\31TI:U@0QF>QH2QA321R52Q4417QN0<1QD8:320RO2201160U0037E1QI11010F0>634V372210G0RA02510201111W;0236111K1RE72\#
        011S:0102510S522314X3811WE0:11040T@32140Q09Q8523809522Q><11\F61510RBE261111SJ530111610R813010ZK1boK4QK6QPH0QO3\#
        RA0cUH1UV6012448726N3TD2QmKQF4QA80>0F41>QZ@61@261114X56]E3Q_06S=6Re@4hSQ0ROT0W?2TX0ROQVP0L1:0\?Q[P00K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0K0\#
        K0K0K0K0K0K0K0K0\?Q[P1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1\#
        J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1\#
        J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1\#
        J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1\#
        J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1\#
        J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1\#
        J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1\#
        J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J=Q`05VG0QA0^B0QS;0RPk>0?0WD1QkK010WH0R95eL01Sl_6ITORX30QG0228\#
        311QB1QK16121QF0QJ2R20QJ28011QE1QL06121SB0113212QD2QM3QM1QJ011112111QF1QK15212QE1R<166C1QO0SO0T:1QO0UA091I1Q<0\#
        QiA07711ZJ3224115W01QJ010E5TA0QF01411QM0N04120QL0221031Q@781U;0E0QRi;120RH1QB?T>1Q?0Q@14122S>121H0TM02150W=111\#
        1110iPC010SO0Q=241SC0H1QK0Q@291=0RM23110U:2O1QK0132122D1VA28130S;160111020W>16320SA28110S=01160S9140X5290WH411\#
        402010T>28340RD0M1QN0\G0>0S:07020VE44110ZN1dRJQFS81h[D0602T]8RGQa^;Q@2T[0R7Qa`8F1XP=0ZHh0S?XC6X7Q<10111110R8:Q\#
        @D@0S56252113Q30NJRK:QJ890H3181214Q;2SG>1OQG010474036:1M0QJ010238090:1J021QI041412230N130;1QI0441140D1F510QJ01\#
        1138072:1N0QK010<090Q8030QI2521371;1M0QJ02020305171;1L1QI110238090:1M0R8040221080RA026<7S2028;5R:1K01010QG=141\#
        15:1Q390S63151121I142@3=02160?0eO2mB2M2M1N1R0116802:90Q=2SG1Q20SF2419062VK120QJ0161010276920Q@@QO3Q@61050Q88<1\#
        Q032112QH0113012QJ721TH21<16406031V6QI14`<0V3Q0RoN2T=0S0Oa:5S91m^D319Q01R@1X@03040I150TG1JA=0Q67I:Q>2Q@02321Q7\#
        0R352121<080Q?0QC012215110Q:180W>02040ci@0g1?@?[>1bM0W20TE4Qd621153Q8240U51aM3\31TI:U@0QF>QH2QA321R52Q4417QN0<\#
        1QD8:320RO2201160U0037E1QI11010F0>634V372210G0RA02510201111W;0236111K1RE72011S:0102510S522314X3811WE0:11040T@3\#
        2140Q09Q8523809522Q><11\F61510RBE261111SJ530111610R813010ZK1boK4QK6QPH0QO3RA0cUH1UV6012448726N3TD2QmKQF4QA80>0\#
        F41>QZ@61@261114X56]E3Q_06S=6hUfEROT0W?QFRZ=0SO0SO0SO0SO0SO0SO0SO0S=1@0SL0S?0SO0V90UD1QfI0O0TM0d=0W30S51R61T\;\#
        0nd60Q50TG0T>0S<0YE0WF0gbA0Q`60QH0QI0SI1T;0SD0UD0S20WD0SO0WL0SO0SF0SD0X=0X31U10RC0B0RA0]50X41RA0Q4k@3122310401\#
        012101C1QN>?VY64QB444RD0Z0E252Q525271010101N2QD1>1=251B2218Y70QRaN0e^JR>A0QdROR5>Rd1218121E16111429121220?32;7\#
        6@R`1215412E16111111201441223073107@C[d0I1RH<VEQ?010I8>3n4V]OR0d_LfX3[=2S9mXF1QTP>QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2\#
        Tj:>TX0WOWa>1X1RMSANR1Nmg1Ld3Zm3<F4Q@Ym4N352525222RSX0Q7891Ui0D3RRW0B11549Q\AQF8J45QmY8I14101111196Q@975J5Qoe9\#
        975J55\R1RE62Rok1XMQA2`U=05Rjh0R5:9161D5B4ShX0Q<3=29413RST0QB=QB75:Q=0SO0QVL0TcK0RP91S`50g30Qc[70U90RG0fJQ@97I\#
        401IQ?0:010205F1N1^94;>47010ASD11231064101C1RB1T:142U51Q5206Q88Q<101111108J43M:5R94S517291B20@QJ2S4>QE40202Q=B\#
        K4:QED1A;>1T0291B17212E1610332821238041142;:0102215412E16111111201441223073107?;218121E16111429121220?32996121\#
        7212E1611142821227241142910@115321331101131323;4432132060>9@<121F1?37121371125329@317121F19142812137170132911=\#
        <121QB1214537429:5121A3G181026304510176921=QI5>19Q7110141G101F2410152923Q00G169;01010491Q34C1A1Q390QIR96R=2Q51\#
        0502Q:1Z<132610132Q8132Q0132610132>1QH132R22298>?@RE253c;2@1I5R:3:7<16;D;C<<1211<RC304129Q12296RH7Q:5R5:N1;4;:\#
        Q724;Q;4I6:Q5K4QN1L2:69=08=11QOR;49A8<SC<QG893Q@287Q:22@21Q65WI1XJ252Q525271010101N2QD1610321633254<5216R21C0L\#
        0=0@<QC<403;A0402910256010101?235440AQ8RcGQ>1Q>1T468<Q510502QG70?G96161616161616161O`52I>14244RE261RI135Q:1RMA\#
        OQ@?`0V]OR0d_L3QT<R3Q=2X<3KDQ?491SBQ582S62QD28Q:QB40CQC<R5:96G301Q@2Q3<L3R0>:6N1QF9=296F3R8H22?24:5252596161Q:\#
        1=6SJ11296Zm3<F4Q@XX4[=2S9Q66<45;1<141011111S;Q1[:BQO2QEQ8;4?@?31H2Q041T6C97I401I;RH35252522Q3;1I1B111>2=Q2SJR\#
        5QDT80T2L3Q@?0OO=M5Q:5M2Q34714Q:TM296Q34Q34Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:IR6QG61R031157121L2240Q0L3LQ\#
        371MIQE:E:B=AS>R8QGQB=QB=Q789Z6Q91131R>L:08Q0RODKF9R6O9?QKEH796QD19438Q3209R4431<10Q3A1Q460R1610131>197QJ59631\#
        7212E1611141921222060562634T;R:5943NR51089U6QE28G5Q2R030;9Q6QH79QFJ2>49V6QJS5R9E72027111M1128<9R672Q=2711KQN80\#
        8R930Q2QHX781Q<18?9HM2E1=R96111Q;3011188965111Q4111579YFFUI0R?lIS6S>AV3ReLQQ>SnAb6X]IaH7N19S6M24;QF93<99D5Be@Q\#
        OT0R:4QH7@R0111;1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<387931UV64358726N3TD2]KRD1R6112021231;10161R01327161K131410361\#
        ZC2H1H1N1H1N1H1N1H1N1H172QA`0QF4QA80>0F41>QZ@61@261114VEQ<3=2940[AQIQX6V4;6Q9R;49QU631J11102019131010604010101\#
        21110201010101011102316131310191@52141@SYD9QP6QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:ek]EW?C\P61I8>2n5V]OR0d_LfX3[=2S9\#
        mX:0KUoG8QVEQ:8YS7\;cX4QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:c>R1I6IQ?0:0405F1N1^94;>47010T141123106012101C1RB1T:8U51\#
        Q5206Q8R7J43Q=Q:Q311S210?171:220@01MMRH;0HQ091405E409030GH7:QED1AQLQE30B079??47212E16103330@0=112>1:085412E161\#
        11111O310C2@8121E16111430B0?1G0;7212E16111430N112?0A015321331101131323;F0QD7121F1?30J251N047121F191430Q0011?1A\#
        8121Q820@05282H55A3G181026QJQ?11<6QJ110141G101911902410E3Q00QO71Q3K4SCQ:D0@5433031724<<0AQ510502Q:1Z<132610132\#
        Q8132Q0132610132>1QH132R2Q5?@RE253c;2@1I5R:3:7<13>A>A><12?QCQ3040R3RH7Q8105R5:NQAM24;Q;4IQFF9QDRB0RMQ>A6QGM=1:\#
        Q;JQ3Q92:Q3287Q:22Q931511305UOR0XE252Q525271010101N2QD1610321633254<5216SD0=0@<S50402910256010101?235440AQ8RcG\#
        Q>1Q>1T46331<Q510502QG70@F9616161616161616a62I874244RE441RI135Q:1RMAOQ@?`0V]OR0d_L3QT<R3Q=2X<3?:1DQ>@N2R?Q782S\#
        62QD28Q:<12131FMQC>QAQN53011;K:FIL7Q>L0@419:41Q8G217DF303QA1031242010H22:72<5252596161Q:1=6SBMZm3<F4Q@XX4[=2S9\#
        Q66<450191<141011111S;Q1[:BQO2QEQ8;SD41T6Q4I6I;RH35252522Q3;1I1B111>2=Q2SJR5QDX;L3Q@Q?O=M5Q5:M2Q34714Q:TMBQ34Q\#
        34Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:IR6QG61R00?3121LQ:L3LQ371KKQE:E:B=AS>R8QGQB=QB=Q3ZLQ961R>L:08ES:DKF<Q\#
        DR;Q<Q0HJQ3M0208Q230<Q?>3E010Q3A1HRD610131>197Q>Q67212E16111430B0<4TNQDB3D2NQ?D110UHQ>Q93Q4Q?D0QKQ:=0R7JW5Q;SD\#
        QOO72027111G?010RN72Q6@010L0:Q770E0;Q=C0Q2QHX781Q4A0QAMS@6111Q5E0I5111O>0Z7BUM0R?lIS6S>AV3ReLQQ>SnAb6X]IaH7NSA\#
        MBQ?@3OD5Be@QOT0R:50R2<R0110LUoG8QVEQ:8XgGXNQA2A38\;RX4S:5<3879Uk6RD1R6112021231;10161R01327161K131410361ZC2H1\#
        H1N1H1N1H1N1H1N1H17RYDQ<:6@0[AQ;QXDV4QKR370QUD31J1110201913101060401010121110201010101011102316131310191@52141\#
        @TZ4QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:2[o@1271[oB11SjX0RO1RPX0QO1RUh0QO1Smh0SO1Qnh0R?1RaP0cO1Sd`0R?1RPZ0R?1RP\@QO\#
        1Q`0WO1RU0RO1Sk`0WO1Qnj@e?1Qoc@T?1Qj@Q?1QY@RO1X\@S?1RRh0QO1Vh0SO1QYe0RO1RjP0aO1Rjf@Q?1Vn0QO1R\0SO1RWP0S?1Y\0O1\#
        \X0Q?1\]0O1YX0SO1RTP0SO1V`0O1Uj0O1SdP0WO1RPe0QO1RQY@QO1RTX0R?1QZ`0RO1Tm0RO1QZk@R?1Sn`0S?1RSm@Q?1\h0WO1Qoa@O1Qn\#
        X0_O1UnP0`O1[d0SO1\^0Q?1\P0QO1c`0d_O1]P0V]O1TPP0QYfO1UYh0TQO1U]j0VO1U^Q0Ud?1Uce@WYO1VPP0Tj?1h0S?1Ve@R?1XV@Q?1W\#
        ^0QO1Qoa0?1QZQ@?1YP0QO1[T0SO1RPg0O1Sdk0O1RXP0oO1RYP0SO1XU0Q?1RRP0QO1QP0WO1[_0O1QYb0RO1WT0?1QX0Q?1RX0SO1QZW0O1Y\#
        h0UO1RVX0RO1RVP0R?1SlQ@S?1S_P0TO1RYT0V?1R]Q@?1R\P0QQ?1RQX0Q?1RSo0O1Sm`0R?1YS0TO1SlX0WO1\`0WO1Sl`0WO1T`0[O1[\0R\#
        O1QZh0Q?1Tl0O1XP0S?1Y]0RO1Sml0SO1TU0RO1WT@Q?1[X0Q?1[P0RO1ShP0Q?1RPi@O1RTh0SO1k@T?1Wh0WO1Rd0SO1RW[0R?1R`0SO1Qoh\#
        0W?1\Y@RO1TX0WO1QZ[0O1Qem@R?1Q[P0Zm?1RSX0QO1Ui0O1RRW0O1Q\@S?Lh0S?XE1^4:J0g03TZK@`?21<16406031V6QI14`<1V2Q0SiI3\#
        S;1Qc[5?@=n?0W20TRJ0Q_a;2A726N3h[jBW?1\R0RO1[o@?1Rko0O1RRR0O1SkS@R?1RRk0O1RRj0O1b@RO;U;0Wk<02120I0S^80104020?0\#
        301QZ\0RO1RTT0R?1S\X0Q?1S\P0WO1\\@?1[h0VO1ST0SO1\U0RO1\_@?1QZX0Q?1RR`0RO1SRh0_O1Ul0SO1V_0O1RT`0R?1RTe@R?1Sd0SO\#
        1T0SO1X0SO1W`0WO1\0V?1[S0O1QYi0VO1QZi@QO1WP0R?1XX0R?1VX0R?1RQ`0[O1RPT0SO1RPP0SO1QYV@Q?1RWm@?1RPd0O1RRY0O1RTZ@Q\#
        ?1SlP0Q?1RWg0O1SX0SO1RR0O1RRf0QO1RWS@R?1RWX0RO1SeP0oO1X`0WO1Sdg0O1Rkb0RO1QZn0QO1QZg0O1SjP0VO1RR]0RO1RR\0O1Rkh0\#
        TO1Yn0Q?1Z\0SO1Y`0WO1Zh0WO1Slh0gO1Xh0WO1RU`0RO1QYh0O1VP0U?1RUc0O1Rjb0Q?1RTd0Q?1SdX0WO1TP0TO1QZc0O1QZ_0O1RRT0Q?\#
        1RV]0RO1RUP0SO1V\0RO1Qn0QOQFRS@Q?Yj0?Qd`@SO[0O[@T?\0SOU@Q?S0QOY0OW@R?R@Q?V0XOS0QOS@QOe0Q?X0SOW0TOZ@Q?R0UOR@R?V\#
        0QOX@?R0WOV0QOU@Y?Q0U?Q]0Re?QR0SmOd0X[Oc@ROV0e?S0ROU0QOW]@Xc?h0RWOU@Tj?b@T?U0SOQe@QZ?Q@V?R@[?R0QWOW0OS0h?R@QOR\#
        @U?X0WOSP0oOQYg0OaW@SP?a0Q^OTj@ekU?T0SOW@Qo`?1XZ@QO1S\[@\?1ShX0R?1Ud0O1WR@Q?1RST0SO1RPh0Q?1RRd0O1RPj@Q?1RPm0QO\#
        1RSh0Q?1RRc0O1RSP0R?1YR0O1Rh0SO1Smb@Q?1RQU@R?1RQT0Q?1SkX0R?1Rjh0T?1RRS0O1RVf0QO1QZR0QO1RP^@Q?1RRX0O1WX0SO1W\0Q\#
        O1SlU0RO1QhP0VWO1RRl0Q?1QZY@Q?1RSc0O1Ue0RO1RP0QO1QZT0RO2RRk0B572RRj0E271RT\0RO1RQR@Q?1S_U0?1RU\0SO1S\0SO1RT_0O\#
        1Qob@O1S\Y@QO1RSi@QO1RTV@Q?1RVb@RO1e@R?1Qoo@?1Vl0QO1WV0?1XS@Q?1Yo@?1ZX0SO1SnP0WO1Z`0WO1[`0SO1SnX0WO1nPP0QooO1Q\#
        PPP0QooO1SfP0e?1QZP0Q?1Snc@T?1Snh0WO1Qh0R?1RS0?1Uh0O1Uk0O1lPP0SO1VZ@Q?1Va0T?1QZd0RO1Sdh0RO1RUd0R?1Rl0SO1RWn0QO\#
        1RlP0UoO1SRP0gO1SSX0T?1SP0SO1Ql0QO1S`0SO1Sh0WO1[Y@R?1RUT0RO1Smd0SO1RPl0O1UP0cO1VU@R?1QYX0YO1Qo`0?1lPX0W?1WV@Q?\#
        1Qo`@?1Shf0QO1RVU0RO1RSd0QO1c^0QO1QYT@QO1QXP0QT?1RV`0R?2RPh0Q3923QZ\0R=29411XP<12RTT0R1;02QZX0Q=109\U1RI22W@?V\#
        @Q>1RGQcP>91Q<Q\S20[33=ST0<121F191428121371701329118RR`031157121L2249782Rko40VhK^E4Ul0RM2969_6O2RT`0A1Q;2RTe@Q\#
        J59c>R1I6IQ?0:0405F1N1^94;>47010T141123106012101C1RB1T:8U51Q5206Q8R7J43Q=Q:Q311S210?171:220@01MMRH;0HQ091405E4\#
        09030GH7:QED1AQLQE30B079??47212E16103330@0=112>1:085412E16111111O310C2@8121E16111430B0?1G0;7212E16111430N112?0\#
        A015321331101131323;F0QD7121F1?30J251N047121F191430Q0011?1A8121Q820@05282H55A3G181026QJQ?11<6QJ110141G10191190\#
        2410E3Q00QO71Q3K4SCQ:D0@5433031724<<0AQ510502Q:1Z<132610132Q8132Q0132610132>1QH132R2Q5?@RE253c;2@1I5R:677<13>A\#
        >A><12?QCQ3040R3RH742Q1105R5:NQAM24;Q;4IQFF9QDRB0RMQ>A6QGM=1:Q;JQ3Q92:Q3287Q:22Q931511305UOR0XE252Q52527101010\#
        1N2QD1610321633254<5216SD0=0@<S5040291034601010131:235440QD1RcKQ>1Q>1T46331<Q510502QG70@F9616161616161616R@0^E\#
        1Q:4514RE621RI135Q:1RMAOQ@?`0V]OR0d_L3QT<R3Q=2X<3?:1DQ>@N2R5QA82S62QD28Q:<12131FMQC>QAQN53011;K:FIL7Q>L0@419:4\#
        1Q8G217DF303QA1031242010H22:72<5252596161Q:1=6SBMZm3<F4Q@XX4[=2S9Q66<450191<141011111S;Q1[:BQO2QEQ8;SD41T6Q4I6\#
        I;RH35252522Q3;1I1B111>2=Q2SJ\5L3Q@Q?O=C176Q5:M2Q347Q@TMBQ34Q34Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:IR6QG61R\#
        00?3121LQ:L3LQ371KKQE:E:B=AS>R8QGQB=QB=Q3ZLQ961R>L:08ES:DKF<QDR;Q<Q0HJQ3M0208Q230<Q?>3E010Q3A1HRD610131>197Q>Q\#
        67212E16111430B0<4TNQDB3D2NQ?D110UHQ>Q93Q4Q?D0QKQ:=0R7JW5Q;SDQOO72027111G?010RN72Q6@010L0:Q770E0;Q=C0Q2QHX781Q\#
        4A0QAMS@6111Q5E0I5111O>0Z7BUM0R?lIW6V3ReLQQ>SnAb6X]IaH7NSAMBQ?@3OD5Be@QOT0R:50R2<R0110LUoG8QVEQ:8XgGXNQA2A38\;\#
        RX4S:5<3879Uk6RD1R6112021231;10161R01327161K131410361ZC2H1H1N1H1N1H1N1H1N1H17RYDQ<:6@0[AQ;QXDV4QKR370QUD31J111\#
        0201913101060401010121110201010101011102316131310191@52141@TZ4QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:5Va0QN1L2:696=;Sd\#
        1110141G101F2410152923Q0R1I6IQ?0?05F1N1^0Q74V`KQ56Q@535<1R5R1WO[A0=0@<T=160K0AQ8RfGOne2S53QD28Q::i@Q:1813clF6Q\#
        PJI6I3WP0QG3>32<Ug>2Rc?Q223ScN0I8>2me;9fb@QD^<080T64XQ:S>5VX0N1;4;403;3RQ`0YF9E:77RPP0;1I1B111>2=Q2SJ1XQ802QYV\#
        @Q?ne@0d5S1IQJ0Q9G17101010101010101010101010101010101010101010101010101010111010101010101011101010101010101010\#
        10101010101010101010101010102010122010203140203220201010201110203010212260202010101010101010111010101010101010\#
        112010301010101010101010101010101010101010101010101010101010101016202110401010101R41JV10103032B0KQ211321010101\#
        01010101010101014102021QCQ?10101010101010101010101010101010109010101010101010101010101010101010101010101010101\#
        01010201010101010111010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        01010Q@Q8Rj7Q:22gH5RT28SGQ;QO<1Q1S6010101010101010101010101010101010101010101010101010101010101010101010101010\#
        10101010101010101010101010101010101010101010101010101010101010101010101018101010101010101010101010101010101010\#
        1010101010101010101010101010101010101010101010101010101010101885:78785:7878=2787878411603211832187:211XB03130K\#
        04040218340QE0Re;Q>2031101010401115501010101010101010101010101010101010101010101010101010101010101010101010101\#
        0101010101010101010101011701040<Q51050nXC010101010101010101010101010101010101010101010C01010101010101010101010\#
        1010T701010101010121010101010101010101010101010101010101010101010101010101010101017101020101010104010201210101\#
        01010101010101050501010101010304010Q;030iEQ:587R?cj06<4QQ9IQV=Q7T8Q3Qn4QBRn=Oe\0Oi\JIJ61AJIJ310161:JIJIJIJIJIJ\#
        IJIJIJKLH15JH15JH15JH15JH1510TZFQ1QMe@A4;>47010T5050^N0W60U41X=140O09030Z80QVD0SO0aE0QfJ0S;0c30^@5U>QN=0Q2Q4eA\#
        0=0@<RnO1WA0UO0^E0Q;450S11RM2khF0QW25X>0SB0L1SI8R@0G0S?1^E0F0T90S<0E1S7390eP60Q=1jm03QR?<R0110lZC6RP=0_9U:0?0X\#
        0043V@0iKJ43Q=O19Q311S210H1:220@01MMRH;0HQ0EEQ:H7:QED1AQLQE30B079@>47212E16103330@0=112>1:085412E16111111O310C\#
        2@8121E16111430B0?1G0;7212E16111430N112?0A015321331101131323;F0QD7121F1?30J251N047121F191430Q0011?1A8121Q820@0\#
        5282H55A3G181026QJQ?11<5QK110141G1019119024G3Q00QO71Q3K4SCQ:D0@5433031724<<0SAZ8132610132Q8132Q0132610132>1QH1\#
        32R2Q5?SAc;2@1I5R:677<13>A>A><12?QCQ80R3Q21QD742Q1105R5:NQAM24;Q;4IQFF9QDU@Q>A6QGM=1:Q;JQ3Q92:MSA3151130QQJ3Ro\#
        GQGHF9616161616161616a70QE04RE801RI405Q:1RMAOQ@?`0V]OR0d_L3D1QSFR3Q78X;4?:1R20QAR5U90S703612131FMQC>QAQN53011;\#
        K:FIL7Q>Q=428:41Q8G217D?15303QA1031242010H13:70>525259616TAQ2MZm3<F4Q@XX4[=2S9R30191<141011111S;Q1[:BQO2QEQ8;S\#
        D41T6S991Q<2N35252522Q3;1I1B111>2=Q2SJ\5L3Q@Q?O=C176Q5:M2Q347T0R=S2Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:IR6Q\#
        G61R00?3121LQ:L3LQ371KKQE:E:B=AS>R8UGQ3ZLQ961R>L:08ES:DKF<QDR;Q<Q0HJQ3M0208Q230<Q?>3E010Q3A1HRD610131>197Q>Q67\#
        212E16111430B0<4TNQDB3D2NQ?D110UHQ>Q93Q4Q?D0QKQ:=0R7JW5Q;VC72027111G?010RN72Q6@010L0:Q770E0;Q=C0Q2QHX781Q4A0QA\#
        MS@6111Q5E0I5111O>0Z7BUM0R?lIW6V3ReLQQ>SnAb6X]IaH7NSAMBQ?QCD5Bk@R:50U?UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<3879YS6Q<Q\#
        10[AQ;QXDV4QYK31J1110201913101060401010121110201010101011102316131310191@52141@TZ4QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2\#
        Tj:7Sb04SK4Rg@220QTWJ12011d<S1IQ?0:040Q4G171010101010101010101010101010101010101010101010101010101110101010101\#
        01011101010101010101010101010101010101010101010101020101220102031402032202010102011102030102122602020101010101\#
        01010111010101010101010112010301010101010101010101010101010101010101010101010101010101016202110401010101R41Q37\#
        1N4S00Q;0103023B0KQ21132101010101010101010101014102021QCQ?1010101010101010101010101010101010901010101010101010\#
        10101010101010101010101010101010101020101010101011101010101010101010101010101010101010101010101010101010101010\#
        101010101010101010101010101010101010Q@Q8Rj7Q:22gH5RT28SGUOR101010101010101010101010101010101010101010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101810101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010101010101010101885:78785:7878=278787841\#
        1603211832187:211SI0=0@<S=03130K04040218340Q1?40j;IQj6Q>203110101040111730101010101010101010101010101010101010\#
        10101010101010101010101010101010101010101010101010101010101011701040<Q51050nXC01010101010101010101010101010101\#
        0101010101010C010101010101010101010101012T50101010101012101010101010101010101010101010101010101010101010101010\#
        1010101910102010101010401020121010101010101010101050501010101010304010Q;012iEQ:1<7R?cj06<4QQ9IQV=Q7T8Q3Qn4QBRn\#
        =Oe\0Oi\JIJ61AJIJ310161:JIJIJIJIJIJIJIJIJKLH15JH15JH15JH15JH1510TZFQ1:^502020Q60W\E78787<0?0Q?0cNR1IS5F16Q1010\#
        10101010101010101010101010101010101010101010101010102010101010101010201010101010101010101010101010101010101010\#
        10101110103110111223111231111010111020111210113070202020101010101010102010101010101010102020121010101010101010\#
        1010101010101010101010101010101010101010107111201310101010Y10103080601210111@18Q302230101010101010101010101050\#
        20112QBQ@01010101010101010101010101010101090101010101010101010101010101010101010101010101010101011101010101010\#
        2010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010102Q5Rj9Q51050fB\#
        RERTJQ:22Z0010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010\#
        10101010101010101010101010101010101010101010101010901010101010101010101010101010101010101010101010101010101010\#
        101010101010101010101010101010101010109785:78785;010101087R83<3<3<4;3X6040322220346010101323:150QM0RcLQ>QA0122\#
        01010131020821010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        0801040nZ=010101010101010101010101010101010101010101010C010101010101010101010101010T70101010101010301010101010\#
        10101010101010101010101010101010101010101010101010:01011101010104010201030101010101010101010141410101010103013\#
        10Q;0ei;IQV5Q7T8Q3Qm<QBRo=Oe\0Oi]0IJIJIJ01120212317JIJ1132716K113141036KIJIJIJIJIJINHQ1HQ1HQ1HQ1HQ10TYEQ11RPd0\#
        L2RRY0I501RTZ@Q61RWg0H7SX0<121QB12154?2I2RR0K202RRf0Q64;3RWS@O2E1=T:Q;0@2O0M010Q=040Q50O0fH220J122`?2V`=0K2;03\#
        0=0>3E4;4R1<403144B04029102560312112153=10R4G1511414O1061>X;83D1RJ0NJ10H0;6]M1<945412134>01025;751QI010M392Z@Q\#
        OX0_OQ@D25QcnL0iG510U20@2M010M010T3063QePCRD1R6112021231;10161R01327161K131410361ZC2Y32QAU`031J111020191310106\#
        0401010121110201010101011102316131310191@52141@QD1R0Q;0@2QM010Q=040Q50O0gN0`?2VaK0=0Q72=2T;0Q7460R445140202070\#
        O12010OX;Q01RJ0NHQ85^E090QF7S?0Z@42N:?X0T2FQN4O2X1Q@D25QcnL0iH012U40@2QM010T3063QefD0I0O0I0O0I0O0I0O0I0Ui<1U?R\#
        X30QG0228311QB1QJ26121:0Q;0QJ2R20QJ28011QE1QJ0106121:0S61113212:0Q92QM3QM1QJ014211191Q;1QJ25212:0Q:1R;267B1Z:1\#
        QO0U;1406021I1:226E12520:2QhI07711ZJ3224115W01QJ010901185TA0Q@0501411QM0N04120QL0221031Q@781U;0E0TiF1moC120RH1\#
        QB?T>1Q?0Q@14122S>121H0Q=010S=02150W=1111110iPC010SO0Q=241SC0H1QK0Q@291=0RM23110U:2O1QJ113212290:1VA28130S:260\#
        1320W=26320SA28110S=01160S9140X5290WG511402010T>28340RD0M1QN0\G0>0S:07020VE44110ZN1dRJQFS81h[C1651Rkb0RJ3QZg0F\#
        V9Q=292SjP0V42?3RR]0G4C2Q=3Rkh0R:4QH7@Z7h0S?XC4X9Q<10111110R8:Q@D@0S56252113Q30NJRK:QJ890H3181214Q;2SG>1OQG010\#
        474036:1M0QJ04380D1J021QI041412230N130;1QI0441140D1F510QJ020138071;1N0QM0<0QB030QI2521371;1M0QJ0206051D1L1QI14\#
        380D1M0R807210RJ026<7S2028;5R:1K01010QG=14115:1Q390S63151121I142@3=02160?0eO2mB2M2M1N1R0116802:90Q=2SG1Q20SF24\#
        19062VK120QJ0161010276920Q@=11QO3Q@0141050Q88<1Q032112QH0113012QJ721TH21<16406031V6QI14f@<403;RoN2T=0S0Oa:3S;1\#
        m^D049Q01R@1X@03040I150TG1JA=0Q67I:Q>2Q@02321Q70R352121<080Q?0QC012215110Q:180W>02040ci@0g1?@?n=0W20TE4Qd62115\#
        3Q8240U51aM3\31TI:U@0QF>QH2QA321R52Q4417QN0<1QD8:320RO2201160U0037E1QI130Q5634V372210G0RD5104111W>36111K1RE720\#
        11S:0102510S522314X3811X011040T@32140Q09Q8523809522Q><11\F61510RBE261111SJ530111610R813010ZK1boK4QK6QPH0QO3RA0\#
        cUH1UV82A726N3TD2QmKQF4QA80>0F41>QZ@61@261114X56]E3Q_06S=6hUmEW?2RU`0R4;9NRN010R70604030`93<=56101@SE0>1WQG012\#
        ;2=2=2=1TTL1mc3F91S71n@0>1dR6?kL010U20QmPG47VP012018196RH7Q:Qo]E<3Rjb0N19415RTd0610131>1:3TP0TOQVZ0NS1OT5Q@9SH\#
        15022Q]19T69V69\L9SF945S<9SF9SF925S><SC986S79S867BS=9S09SF9R6CX<9R69f?CkA2W?969F9Y<9T0:U5969UF9RF9T6969QPF0356\#
        9V6QB24fFQKR>EcFMQ[90h90I8>2ZG3T:9N71>Q09Q7>lk09UL9Z05TJ9Q69V69F9RF9\F9dhF9_=Q<<QHA1ZEJQ43M080T64V:9m>7I6Q78R;\#
        4F5U012?2Q=R08QD1N2R;4S87H7Q96Z:5Q@9Y6NTN9Q:3S@6T6MT09QL9T@97CWK9ZF9SF9[F9S69S6;]4BRM9gFLW39R69`FDQQ;S>a_A9W69\#
        16hNFiR9CS<HQREQARZ09]69Q^=8T09hGQJ1213R<Q<1>n2<Rg392RRT0N883RV]072Q=2:BQo^@O`>1QooN1QooN1QooN1QooN1QooN1QooN1\#
        QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN1QooN12RUP0RK144V\0Q;4I6:312Qn0QJ22R7UB15022RYE5[H5SH2T56VI6A8]A9Q\#
        QECQSC9_00QdE03569V6?Q90fFQKR>EcFMQ[90QTD3T:9N71>Q09Q7>m[@5fVAQ<R13A1ZEJQ43QYD7I6Q78R;4F5U012?2Q=R08QD1N2R;4S8\#
        7H7Q96Z:5[0NTN9Q:3S@6T6C[KCQZ51]>8k7BjCDbl66hNFiR9CS<HUZ>8m1QJ1213R<Q<1>n2<2Rko10`\>\;W6j50c:=10111110R8:Q@<16\#
        @0S56432140Q30N?S6:S51381213U7;366CQF12>1152:1M2QJ62121:0:1M2QJ4412140N130;2QJ71211E1F242QJ6212191:1N0QK43212:\#
        0Q83QJ6121281;1M2QJ6121281;1L3QJ61212:0:1M2R;51017B1QM026B0S302511@0U3@;:1Q3S>;1023G342122633=;10:3QcD1N1N1N1R\#
        2BUL1Q20SF;48VN4QI92CR:1QO4Q@>QL2N821QI:QBB]@=Qf1QCRWFOnSD7Q21[2080G4RH1QB?10QI0Q64L;Q=3Q@;Q50R3=<081Q=2QB0122\#
        150Q<450W=7ciC0RRG4Qd621153hD3\31ZC2QE=QL0Q=8R72Q4;B1QI2Q@<>1RL82060U09G3QJ62121:0:1VA<12S:AW=626M1RB>10S::S7=\#
        X1<WG511213010T>62540L9Q:413B:Q>=\G716RCE1=SJ53011121030R241113ZL3dRH01QF73RM1cU<0Xk161@261114RXL0Qo8I6I6I;j?0\#
        S`?1QbC1RU?0TWN0QcaK0R?8jPP701MS0SOW@S`?1Ud0LIR]N0H0[60H0S60H0W:0B1S70H0SG0?0SZE0QVF0TQ11Qck>1TlN0H0ZH0<0WA0l0\#
        0Q^QD084h[e=RO4UG0f?0So18Qc804VT51RTA0E0Sk<11RPj@Q:2RPm0Q34=1RSh0Q71RSP0R8DU:0?0_E871N4S00QD0V]AQN=0Q2Q4eA0=0@\#
        <VC?j@IQlB1n`N1VB0T71k23T6RN0kA220J121WQ00K2;0Q03H1>1R1<403144B04029103460312112153354R;4231111101421414A21101\#
        61061Y23U8110H0A0]M1<854512134>01025H1QI010M391ZF1O9\CEQO3Q01QeS301040VC010QeV1RD1R6112021231;10161R01327161K1\#
        31410361ZC2H1H1N1H1N1H1N1H1N1H172QAU`031J1110201913101060401010121110201010101011102316131310191@52141@R;Q80QB\#
        0O0SeN010QjN0R[N030Q60QG0?0cJ010N0QQN0101010101010R@0Q0010101010\D010101010101010101010R0010Q10QQ50101010I0^50\#
        101010103010101020QcY10VG0M01010101010101030A01010U:0QB0O03020>Rh1217212E1611142821227241142A2RQU@Q34Q32RQT0M2\#
        9UEQ1212201011:131K0R4050>170eN080^B5Q90QF02020Q<1D111=021R:3S60Q;=W92QF>O0X51:0T<0SH0SI0\60<0[?0RJ0:1U8>10S@0\#
        R:441S?5U;0c48h50SL2R71TM212Q5513YI1VH1T0615U<6TK3QK4QN1R07;0j21878823223:1019STJ311S@0T?1422028111021:4192310\#
        1<20]>2QI0UM0mP21X=2S30:0SC5[L3RF1Q8210QA1Q?0S1<@1SL3SN1@1WI0da4620F0D1233213726011TE212201011:131K0Q4021\J2dL\#
        0Q@0\N0g70V70O0X@8Q60S@6R26RI3mH4W=6S=113SN3Q@1R?340=012RH5S;0]14:110S80WJFS92L<V?2WL0X82TK0RL7RC214\N4Q:1d51X\#
        60QS@4a_I1T50R1480jB3Z70cUL0W_74SfB1UFU60204010nA0X:1SO1V>0:0C1WG0`30[E0T2510T40V?0Q90\72?01225D01010T57151153\#
        V51g@9fC0fB0TMQ1[1998Q\311311:0116510101040;1>01110QJ194231111161N21101NX<74C262R@1MIQ76R4I:RAR=FUF181QE8S>1WG\#
        Q<Q;R0WO`0Q?E16Q62O1S8W55[51Q>I1RH<VEJ;80=1<0E161Z@149Q0Q3LN;M80?O:Q6?YOV^0QOed@QFk13:110aM2dl30_603041=1YI8QI\#
        @221<30Q?Q<QcJ1b?0SSF0RTE74@bj:350dZF0Tk3WE:Q62QK52F17M4QJGR130UJRFQU9_OQG3QB71=11Qf80RjL0T10fAQ;4S3<>2>1>1Q4G\#
        U0QHL=Q;4871>5TJWJ5fG8<3<3SC<RH7;D;4QG896Q78M21R>SH1RA1T6<=2432569H7692=6Q9TB1QF5X[0?j6IScS0I6I6IUIQ121513:131\#
        J210K010Q305030:13030eN080^B5Q91QC0102020Q<1D111=021R:3S60Q;=W92QF>O0X51:0T<0SH0SI0\60<0[?0RJ0:1U8>10Q53R70R:4\#
        41S?5U;0c48TG0c=0Q<1R>2R71TM212Q5:YI1VH1T0615U<6TK3QK4QN1R07;0iLG8C1<1;N1>1cI3M1QQM=R?1O9\CEQO3Q01gK311S@0T?Q>\#
        1O20]>2492;@0<0S20RJ0mP21X=2S30:0SC5[L3RF1Q8210QA1Q?0S1<@1SL3SN1@1WI0dZB1V@9FQ21=104011TE21513:131J210K01016\J\#
        2dL0Q@0\N0g70V70O0X@8Q60S@6R26RI3h@0U74W=6S=113SN3Q@1R?340=012RH5S;0]14:110S80WJFS92L<V?2WL0X82TK0RL7RC214\N4Q\#
        :1d51X60QS@4a_I1T50R1480jB3Z70cUL0W_74SfB11XQ90LQ1>:6J310J3Q2610111011404030G0O0WhHG8>2B19YAf?U0cENQS;`0SO\124\#
        H?0QcX=1X51594B0S40Wl81H11RVf0QH6Q`05VG0QA0^B0RQnJ0?01QZR0QG3RRl0A73<62RRX0K30e7Q0RNQ1fG2546101C1\<1Q52QA221QF\#
        8J45;L1W?1QK2S4>QJ2Q@2>1K201:QED1A;U@17212E1610332821238041142H2215412E16111111201441223073107@:218121E1611142\#
        9121220?32;761217212E1611142821227241142A:115321331101131323;4432132060>D5<121F1?371213711253297E121F191428121\#
        37170132911=<121QB12154?2I121A3G181026304510176922<QI4LQ5110141G101F2410152923Q0R71Q34Q61Q31>1<Q5V510502[H1326\#
        10132Q8132Q0132610132>1QH132R22O3I6RE252dL3RH7<16;F9C<<1211<RM29696>196RH7Q:5R5:N1;4;403Q924;Q;4I6:3QM2R01L2:6\#
        96=2@QOR;4Q<3SC8QK3>3QK7Q:2:8Q:5WI1XJ252Q525271010101N2QD1>1=251B22181Q72QJ1;2J1<3O@Q0?T;4dFI:EQhC2O1TG1Q>1TC5\#
        Q<10502QG71>G96161616161616161SBQ=I1RH<VEJ;4QO1RE2S65Q:1RM1RC<Q>1k^L3QT<3QF9ZKDUG8UO28Q:QG396QG8R58;6SC;M3R=1:\#
        4Q01QF9=292S6HK:5252596161QK4SM296Zm3<F4Q@RP4Vc=2S9Q66<45I141011111SKA[<@QO2QEQ8=2I6QB1B13441T6201UM3525252236\#
        16:42;1I1B111>2=Q2SJ524Q<3RG1<30Q?Q=T2L3Q@?K4Q39M5Q:5M1Q44=Q:TM296Q34Q34Q78QC;0T@YF9E:7TH5201Q;11302F1R788Q@B1\#
        15Q03J50R0QG4C2QA1157121L2249787QOQ0Q64;9QE3L2J5I73<6R@R8QGQB=QB7Q=89Y6N1Q91221R>Q78Q9RFKDF9R=4M?R2;02H796QD1A\#
        8Q69RO1C;A1Q;R1610131>1:6QJ596317212E1611141921222060562634T;RK14NR789U6QE2Q5Q2R4;96<CQH79QFJ2>4?V0QKS4RB<7202\#
        7111M112;99R672Q=2:KR78RBMQHX781Q<1=:L3O2E1=R96111Q;3011188965111Q4111579YFHUG0?QA=lJS6S>14;V3ReLQQ>18Sn7b6X]I\#
        aH7N1941S0M25:R5:9161D5Be@RJS5R:4QH7@R04;1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<387927TjLWE:Q62UOGR5TJC<RF9HT7RD1R611\#
        2021231;10161R01327161K131410361ZC2Y32eM?41>QZ@61@261114VEQ<3=2941[@QI50QX0V42?Q9R;4941hAR3R<QLV231J1110201913\#
        101060401010121110201010101011102316131310191@52141@QD1X>Q;4S3<>2>1>1Q4:U=QHL=Q;4871>5TJnG8<3<3SC<RH7;D;4QG896\#
        Q78M21R>SH1RA1T6<=2432569H7692=6Q9TB1QFQ59QP6QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:ekUF0NROT0W?Qo`@QooM2QooM=Q2040T30\#
        ?0WjL7I1S`70^93=2Qca13UM040RJ13[d0I1RH<VE2QZY@Q3;02Ue0R:3:W5Q4060@2O010K010Q341120132030N0O0^:3<=56101@SE0>1S@\#
        0T;0X:2SF22021V>0:0C1WG071_B161WE0SN0T27T40V?0Q90V50V12?01225D01010T57151153V51g@9fC0[=0[40TMQ1[1998QR0012;2=2\#
        =2=1R50=0Q72=2COR011311:0125510101040;1445310QJ14[G4L2WKI:RAR=Fc7Q<Q@2N:\BFQN4O2[E2O1S8W55[51Q>I1RH<VEJ;80=1<0\#
        E161RK1WC149Q0Q3LN;M80?O:Q6?YOV^0QOed@QFaIF91S71TM3:3aM2W10>1cmM0T8?aJ1S401220TJ060@2O010K010T1616=1YI8QI@221<\#
        30Q?Q<QcJ1b?0SSF0RTELbj:350dZF0Tk3WE:Q62QK52F17M4QJGR130UJRFk:0I0O0I0O0I0O0I0O0I0QL_OQG3QB71=11Qf80]?0R]<030SM\#
        0^11X>Q;4S3<>2>1>1Q4GU0QHL=Q;4871>5TJnG8<3<3SC<RH7;D;4QG896Q78M21R>SH1RA1T6<=2432569H7692=6Q9TB1QF2RP0Q=2>2QZT\#
        0R58;OS91V40XI0N0QD0D0Z00S2010VX90QC0=030T40TM0]50VF1RiB0SYm51QB1QB1QB1QB1QB1QB1QB1QB1QB1QB1QB1QB1R<Q10<0@0QZ9\#
        0TD1UD0Q;2WF0QM01031Y51Qg41hF041h50V61V<050YJ1[23U>121VK1R11mL192S_40=0^50mWL0X>1W3030[N1RF1RO0TH1TC2T@1WI0dc6\#
        031U90<0@0R10RgD1QWM4W=1SE3SO2T1160@1RH111S<0]11[E15>S91WI2`5010WK1RG1]41eD1bkE1T50R11;0jC0c`60W_808Q00SO0U^O0\#
        R[O:M150Q?0Sm003SfP0d;?41>2RU\0QE2Q5=S\121A3G181026304510176922RPo<C1RSi@Q92RTV@H791RVb@RB:94B0S40J0U^O0R[O:M1\#
        50Q?0Sm007Q00SO0U^O0R[O:Q40Q?0Sm002Vl0QOX071QZP0Q<4Qh0=1QK22X@:2Uh0<163Uk0<12112VZ@M242QZd0R2H42RUd0QH79BRl211\#
        5321331101131323;4432132060>DRTn5QA=04Rko00OUoG8gO`08<SP0<121F1?3712137112532978S8Q10:010;130iN080`10QI0R80>02\#
        1UD0Q;:10W;1QF>O0X51QWD1U<045YG1hE7h50SL2R71TM230Q7321YJ1[23U>112VK4QN1mL192S_40=040:011]A1mWK1X=2W34[N1RF1RO0\#
        TG2TC2SO0@1WI0dc4213U90:010;130R1020QQJ0Q@0QT60V70YF1TH5R45RI3mH4W=6S@3SO2T1160@1RH4S<0]12<1[633>S91WI2`5010WK\#
        1RG141\N2Q=0d51Q[G4a_I1T50R12:0jB1c`60W_733[Y@QG71>01Ql0QA2S`1QI5K7Sh0R71Q34Q61Q31>16412RUT0R7892RPl0M10?]P0V]\#
        OR0d_Lf`A11011:0101122RQ^FQYfMQ2TQD;VM2Ud1>WY@UPOTj:e4kH1637010D0\=0Q61QB130QG7K36:M0W@0QL1S5=QK1QA1?0L110;QDE\#
        0B:UA08121F0701241912147132051I1306321F07020202110532132164016A9309030F0702051:030311>41<670308121F07020519121\#
        36332051B9206230422010222232<3523041151=E4=030G0@2803046203441:6F030G0:051903046261041:02<=030QC03063@1J030B2H\#
        090117213601085:13;QJ3MQ4201050H010G1501061:14OR80Q43Q70Q40?0=Q4V601411[I041701041Q9041Q1041701041?0QI041R31Q0\#
        2J5RF161dM2RI6=07:G8D;=0302;RN1:5:5?0:5RI6Q;4R69O0<3<312Q:15:Q<3J5;2QN1R10M1;5:5>1AQNR<3Q=2SD7QL2?2QL6Q;1;7Q;4\#
        WJ0XK161Q616180101010O1QE0?0>160C13090S50<1K0=2Q0?Q1>T<3dGH;DQhD1Q00TH0Q?0TD4Q=01411QH62=H87070707070707070SCQ\#
        <J0RI;VFI<3R00RF1S74Q;0RN0RD;Q?0k^M2QT=2QG8ZLCUH7V019Q9QH2:5QH7R67<5SD:N2R>0;3Q10QG8>1:1S7GL96161687070QL3SN1:\#
        5Zm4;G3QA3RP0VWO[>1S:Q57;54J050102020SL@[=?R01QFQ7>1J5QC0C04350T7110UN261616132707951<0J0C020?1>Q1SK433Q=2RH0=\#
        21Q>Q>T1M2QA>L3Q48N4Q;4N0Q53>Q9TN1:5Q43Q43Q87QD:1T?YG8F98TG6110Q<02211G0R879Q?C024Q12K41QOQH3D1QB0248030M133:6\#
        96R0OQ73<8QF2M1K4J64;7R?R9QFQC<QC6Q>7:Y5O0Q:0312R=Q87Q:RELCG8R>3N>R3:11I6:5QE0B7Q78S00D:B0Q<R0701040?0;5QK4:54\#
        08121F0702050:12131151471725T:RL05MR87:U5QF1Q6Q1R5::5=BQI6:QEK1?3@UOQLS3RC;81118020N021<8:R581Q>1;JR87RCLQIX69\#
        0Q=0>9M2Q01F0>R87020Q<2102097:56020Q502066:YEIUF1>QB<lKS5S?05:V4ReKQQ?09Sn6b7X]HaI6O0:32RON169R69:070E4Ce?RKS4\#
        R;3QI6AQO5:2=UoH7QVFQ99XgFXOQ@3@47\<RX3S;4=296:18TjKWF9Q71V0FR6TID;RG8IT6RE0R7021112140<01070R10418070L0405012\#
        70ZD1Y41eN>50?QZ?70A170205VDQ=2>1:32[?QJ41QWOV51@Q8R<3:32h@R4R;QMV140K0201110:04010151310101030201110101010102\#
        0114070404010:0A43050AQC2X=Q<3S4;?1?0?0Q59U>QGM<Q<3962=6TInH7=2=2SD;RI6<C<3QH7:5Q87N12R=SI0RB0T7;>1523478I6783\#
        <7Q8TC0QGQ4:QP5QYfNQ1TQE:VN1Ud2=WYASPN`NQ_1Tj;ekUE1MS0SOW@Uo`?d3R1IS5F16Q1010101010101010101010101010101010101\#
        01010101010101010102010101010101010201010101010101010101010101010101010101010101011101031101112231112311110101\#
        11020111210113070202020101010101010102010101010101010102020121010101010101010101010101010101010101010101010101\#
        0101010107111201310101010Y10103080601210111@18Q30223010101010101010101010105020112QBQ@010101010101010101010101\#
        01010101090101010101010101010101010101010101010101010101010101011101010101010201010101010101010101010101010101\#
        0101010101010101010101010101010101010101010101010101010101010102Q5Rj9Q51050fBRERTJQ:22Z00101010101010101010101\#
        01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        01010101010101010901010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\#
        010109785:78785;010101087R83<3<3<4;3X6040322220346010101323:150J?C0iBIQi@Q>QA012201010131020821010101010101010\#
        1010101010101010101010101010101010101010101010101010101010101010101010101010101010801040nZ=0101010101010101010\#
        10101010101010101010101010C010101010101010101010101010T7010101010101030101010101010101010101010101010101010101\#
        010101010101010101010:0101110101010401020103010101010101010101014141010101010301310Q;0ei;IQV5Q7T8Q3Qm<QBRo=Oe\\#
        0Oi]0IJIJIJ01120212317JIJ1132716K113141036KIJIJIJIJIJINHQ1HQ1HQ1HQ1HQ10TYEQ1RP>I6I6I1QYX0Y;3VP;2Qi_B?jPg@W?2Sh\#
        f0QI502RVU0RB<0fLQ@97I401IQ?0:0405F1N1^94;>47010ASD1123106012101C1RB1T:1U<1Q5206Q88Q<101111108J43M:5R94S517291\#
        B20@QJ2S4>QE40202Q=BK4:QED1A;>1T0291B17212E1610332821238041142;:0102215412E16111111201441223073107?;218121E161\#
        11429121220?329961217212E1611142821227241142910@115321331101131323;4432132060>9@<121F1?37121371125329@317121F1\#
        9142812137170132911=<121QB1214537429:5121A3G181026304510176921=QI5>19Q7110141G101F2410152923Q00G169;01010491Q3\#
        4C1A1Q390QIR96R=2Q510502Q:1Z<132610132Q8132Q0132610132>1QH132R222Q0?@RE253c;2@1I5R:3:7<16;D;C<<1211<RC304129Q1\#
        2296RH7Q:5R5:N1;4;:Q724;Q;4I69Q6K4QN1L2:69=08@QOR;49A8<SC<QG893Q@287Q:22@21Q65WI1XJ252Q525271010101N2QD1610321\#
        633254<5216R21C0L0=0@<QCQ0A040291034601010131:235440AQ8i=QCQhFQ>1Q>1T468<Q510502QG70?G96161616161616161OQ?0^E2\#
        I>14244RE21221RI135Q:1RMAOQ@?`0V]OR0d_L3QT<R3Q=2X<3KDQB191SBQ582S62QD28Q:QB40CQC<R5:96G301Q@2Q3<L3R0>:6N1QF9=2\#
        96F3R8H22?24:5252596161Q:1=6SJ11296Zm3<F4Q@XX4[=2S9Q66<45;1<141011111S;Q1[:BQO2QEQ8;4?@?31H2Q041T6C97I401I;RH3\#
        5252522Q3;1I1B111>2=Q2SJR5QDT80T2L3Q@?0OO=M5Q:5M2Q34714Q:TM296Q34Q34Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:IR6\#
        QG61R031157121L2240Q0L3LQ371MIQE:E:B=AS>R8QGQB=QB=Q789Z6Q91131R>L:08Q0RODKF9R6O9?QKEH796QD19438Q3209R4431<10Q3\#
        A1Q460R1610131>197QJ596317212E1611141921222060562634T;R:5943NR51089U6QE28G5Q2R030;9Q6QH79QFJ2>49V6QJS5R9E72027\#
        111M1128<9R672Q=2711KQN808R930Q2QHX781Q<18?9HM2E1=R96111Q;3011188965111Q4111579YFFUI0R?lIS6S>AV3ReLQQ>SnAb6X]I\#
        aH7N19S6M24;QF93<99D5Be@QOT0R:4QH7@R0111;1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<387931UV64358726N3TD2]KRD1R6112021231\#
        ;10161R01327161K131410361ZC2H1H1N1H1N1H1N1H1N1H172QA`0QF4QA80>0F41>QZ@61@261114VEQ<3=2940[AQIQX6V4;6Q9R;49QU63\#
        1J1110201913101060401010121110201010101011102316131310191@52141@cDI6I6IRc69QP6QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:e\#
        k]EW?g1Q@97I401IQ?0:010205F1N1^94;>47010ASD11321064101C1RB1T:142U51Q5206Q88Q<101111108J43M:5R94S517291B20@QJ2S\#
        4>QE40202Q=BK4:QED1A;>1T0291B17212E1610332821238041142;:0102215412E16111111201441223073107?;218121E16111429121\#
        220?329961217212E1611142821227241142910@115321331101131323;4432132060>9@<121F1?37121371125329@317121F191428121\#
        37170132911=<121QB1214537429:5121A3G181026304510176921=QI5>19Q7110141G101F2410152923Q00G169;01010491Q34C1A1Q39\#
        0QIR96R=2Q510502Q:1Z<132610132Q8132Q0132610132>1QH132R22298>?@RE253c;2@1I5R:3:7<16;D;C<<1211<RC304129Q12296RH7\#
        Q:5R5:N1;4;:Q724;Q;4I6:Q5K4QN1L2:69=08=11QOR;49A8<SC<QG893Q@287Q:22@21Q65WI1XJ252Q525271010101N2QD161032163325\#
        4<5216R21C0L0=0@<QC<403;A0402910256010101?235440AQ8RcGQ>1Q>1T468<Q510502QG70?G96161616161616161O`52I>14244RE21\#
        221RI135Q:1RMAOQ@?`0V]OR0d_L3QT<R3Q=2X<3KDQ?491SBQ582S62QD28Q:QB40CQC<R5:96G301Q@2Q3<L3R0>:6N1QF9=296F3R8H22?2\#
        4:5252596161Q:1=6SJ11296Zm3<F4Q@XX4[=2S9Q66<45;1<141011111S;Q1T:6VIBQO2QEQ896?@?31H2Q1010301010101SMC97I401I;R\#
        H35252522Q3;1I1B111>2=Q2SJR5QDT80T2L3Q@?0OO=M5Q:5M2Q34714Q:TM296Q34Q34Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:E:I\#
        R6QG61R031157121L2240Q0L3LQ371MIQE:E:B=AS>R8QGQB=QB=Q789Z6Q91131R>L:08Q0RODKF9R6O9?QKEH796QD19438Q3209R4431<10\#
        Q3A1Q460R1610131>197QJ596317212E1611141921222060562634T;R:5943NR51089U6QE28G5Q2R030;9Q6QH79QFJ2>49V6QJS5R9E720\#
        27111M1128<9R672Q=2711KQN808R930Q2QHX781Q<18?9HM2E1=R96111Q;3011188965111Q4111579YFFUI0R?lIS6S>AV3ReLQQ>SnAb6X\#
        ]IaH7N19S6M24;QF93<99D5Be@QOT0R:4QH7@R0111;1>UoG8QVEQ:8XgGXNQA2A38\;RX4S:5<387931UV64358726N3TD2]KRD1R61120212\#
        31;10161R01327161K131410361ZC2H1H1N1H1N1H1N1H1N1H172QA`0QF4QA80>0F41>QZ@61@261114VEQ<3=2940[AQIQX6V4;6Q9R;49QU\#
        631J1110201913101060401010121110201010101011102316131310191@52141@SYD9QP6QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:ek]EW?\#
        cER1I6IQ?0:0405F1N1^94;>47010T141132106012101C1RB1T:8U51Q5206Q8R7J43Q=Q:Q311S210?171:220@01MMRH;0HQ091405E4090\#
        30GH7:QED1AQLQE30B079??47212E16103330@0=112>1:085412E16111111O310C2@8121E16111430B0?1G0;7212E16111430N112?0A01\#
        5321331101131323;F0QD7121F1?30J251N047121F191430Q0011?1A8121Q820@05282H55A3G181026QJQ?10=6QJ110141G101910:0241\#
        0E3Q00QO71Q3K4SCQ:D0@5433031724<<0AQ510502Q:1Z<132610132Q8132Q0132610132>1QH132R2Q5?@RE253c;2@1I5R:3:7<13>A>A>\#
        <12?QCQ3040R3RH7Q8105R5:NQAM24;Q;4IQFF9QDRB0RMQ>A6QGM=1:Q;JQ3Q92:Q3287Q:22Q931511305UOR0XE252Q525271010101N2QD\#
        1610321633254<5216SD0=0@<S50402910256010101?235440AQ8RcGQ>1Q>1T46331<Q510502QG70@F9616161616161616a62I874244RE\#
        621RI135Q:1RMAOQ@?`0V]OR0d_L3QT<R3Q=2X<3?:1DQ>@N2R?Q782S62QD28Q:<12131FMQC>QAQN53011;K:FIL7Q>L0@419:41Q8G217DF\#
        303QA1031242010H22:72<5252596161Q:1=6SBMZm3<F4Q@XX4[=2S9Q66<450191<141011111S;Q1T:6VIBQO2QEQ89SG010301010101SM\#
        Q4I6I;QG2N35252522Q3;1I1B111>2=Q2SJR5QDX;L3Q@Q?O=M5Q5:M2Q34714Q:TMBQ34Q34Q78QCTLYF9E:7TH5201Q;11302F:F9NR1B11:\#
        E:IR6QG61R00?3121LQ:L3LQ371KKQE:E:B=AS>R8QGQB=QB=Q3ZLQ961R>L:08ES:DKF<QDR;Q<Q0HJQ3M0208Q230<Q?>3E010Q3A1HRD610\#
        131>197Q>Q67212E16111430B0<4TNQDB3D2NQ?D110UHQ>Q93Q4Q?D0QKQ:=0R7JW5Q;SDQOO72027111G?010RN72Q6@010L0:Q770E0;Q=C\#
        0Q2QHX781Q4A0QAMS@6111Q5E0I5111O>0Z7BUM0R?lIS6S>AV3ReLQQ>SnAb6X]IaH7NSAMBQ?@3OD5Be@QOT0R:50R2<R0110LUoG8QVEQ:8\#
        XgGXNQA2A38\;RX4S:5<3879Uk6RD1R6112021231;10161R01327161K131410361ZC2H1H1N1H1N1H1N1H1N1H17RYDQ<:6@0[AQ;QXDV4QK\#
        R370QUD31J1110201913101060401010121110201010101011102316131310191@52141@TZ4QYfMQ2TQD;VM2Ud1>WY@SPO`MQ_2Tj:UDQ1\#
        >:6J5J3Q205030:13030eN080^B5Q91QC0102020Q<1D111=021R:3S60Q;=W92QF>O0X51:0T<0SH0SI0\60<0[?0RJ0:1U8>10Q53R70R:44\#
        1S?5U;0c48TG0c=0Q<1R>2R71TM212Q5:YI1VH1T0615U<6TK3QK4QN1R07;0iLG8C1<1;N1>1cI3M1QQM=R?1O9\CEQO3Q01gK311S@0T?Q>1\#
        O20]>2492;@0<0S20RJ0mP21X=2S30:0SC5[L3RF1Q8210QA1Q?0S1<@1SL3SN1@1WI0dZB1V@9FQ21=104011TE21513:131J210K01016\J2\#
        dL0Q@0\N0g70V70O0X@8Q60S@6R26RI3h@0U74W=6S=113SN3Q@1R?340=012RH5S;0]14:110S80WJFS92L<V?2WL0X82TK0RL7RC214\N4Q:\#
        1d51X60QS@4a_I1T50R1480jB3Z70cUL0W_74SfB13RSd0Q912212QXP0QT<3QF1RV`0R7
        """#
}
