package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.experiment.file.UserMistake;
import cairn.experiment.toy.Toy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every class of mistake, made in one good file at the line that it replaces. */
class MistakesTest {

    private static final String GOOD =
            """
            name: good
            question: Does it?
            protocol: forgetful
            settings: {answer: at-once, pause: 2 us, loud: on}
            application: {counter: {step: 2}}
            workload: {clients: 2, requests: 60, closed: {think: 5 us}, timeout: 2 ms}
            environment: {persistence domain: adr, ddio: off, disk: nvme-plp, rdma: {propagation: 300 ns}}
            faults:
              - crash: server
                after: 3rd delivery of monitor
                heal after: 100 us
              - bad link: server -> monitor
                loss: 5 %
                every: 3 ms on average
                at most: 2
            limits: {settle: 2 ms}
            bounds: {liveness: 1 s}
            seeds: 1..6
            sweep: {settings.loud: [on, off]}
            expect:
              - violated: GROWS
                when: {settings.loud: on}
              - holds: all
            """;

    @Test
    void theGoodFileIsGood() {
        Experiment experiment = Toy.experiment(GOOD);
        assertEquals(2, experiment.variants().size());
        assertEquals(6, experiment.seeds().size());
        assertEquals(2, experiment.expectations().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "closed: {think: 5 us} | warm up: 60 | 6:47: 'warm up': fewer answers than the 60"
                        + " requests: 60",
                "disk: nvme-plp | host: {cores: -1} | 7:65: 'cores': cores and costs are zero or"
                        + " more: -1",
                "pause: 2 us | puase: 2 us | 4:29: unknown key 'puase'; did you mean 'pause'?",
                "pause: 2 us | pause: 2 | 4:36: 'pause': a duration needs a unit: '2' could be '2"
                        + " us' or '2 ms'",
                "pause: 2 us | pause: 2 KiB | 4:36: 'pause': '2 KiB' is not a duration: its unit is"
                        + " one of ns, us, ms, s, min, h, d",
                "pause: 2 us | pause: 2 s | 4:36: 'pause': pause is at most a millisecond:"
                        + " 2 s",
                "pause: 2 us | pause: [2 us] | 4:36: 'pause' is a word or a number, not a list",
                "pause: 2 us | answer: at-once | 4:29: 'answer' stands twice; first in line 4",
                "answer: at-once | answer: atonce | 4:20: unknown answer 'atonce'; did you mean"
                        + " 'at-once'?",
                "protocol: forgetful | protocol: forgetfull | 3:11: unknown protocol 'forgetfull';"
                        + " did you mean 'forgetful'?",
                "protocol: forgetful | protocl: forgetful | 3:1: unknown key 'protocl'; did you"
                        + " mean 'protocol'?",
                "step: 2 | step: 3_000_000_000 | 5:31: 'step': '3_000_000_000' is too large",
                "{counter: {step: 2}} | {conter: {step: 2}} | 5:15: unknown key 'conter'; did you"
                        + " mean 'counter'?",
                "clients: 2 | clients: 0 | 6:21: 'clients': 1 to 1000, not 0",
                "requests: 60 | requests: 0 | 6:34: 'requests' is above zero: '0'",
                "closed: {think: 5 us} | closed: {think: -5 us} | 6:46: thinking takes zero or"
                        + " more: -5000",
                "closed: {think: 5 us} | open: {rate: 5 us} | 6:51: 'rate': '5 us' is not a rate:"
                        + " its unit is one of /s, k/s, M/s",
                "closed: {think: 5 us} | open: {rate: 0 /s} | 6:51: a rate is above zero: 0.0",
                "persistence domain: adr | persistence domain: adsr | 7:35: unknown persistence"
                        + " domain 'adsr'; did you mean 'adr'?",
                "ddio: off | ddio: 5 | 7:46: 'ddio' is on or off, not '5'",
                "disk: nvme-plp | disk: nvme | 7:57: unknown disk 'nvme'; known are: nvme-plp,"
                        + " nvme-consumer, disk",
                "propagation: 300 ns | bandwidth: -1 Gbit/s | 7:85: 'bandwidth': bandwidth must be"
                        + " positive and finite: -1 Gbit/s",
                "pause: 2 us | pause: 3 s | 4:36: 'pause': pause is at most a millisecond: 3 s",
                "propagation: 300 ns | propagation: -1 ns | 7:87: 'propagation': propagation must"
                        + " not be negative: -1 ns",
                "crash: server | crush: server | 9:5: unknown fault 'crush'; did you mean 'crash'?",
                "crash: server | crash: sever | 9:12: unknown role 'sever'; did you mean 'server'?",
                "crash: server | at: 3 ms | 9:5: a fault names what goes wrong and where, such as"
                        + " 'crash: primary'",
                "crash: server | rack power loss: [server, server] | 9:5: a failure domain has"
                        + " machines, each of them once: [n0, n0]",
                "crash: server | rack power loss: [server, sever] | 9:31: unknown role 'sever';"
                        + " did you mean 'server'?",
                "heal after: 100 us | stagger: 1 ms | 11:5: unknown key 'stagger'; known are:"
                    + " crash, at, after, every, law, shape, gaps, replay, spread, at most, heal"
                    + " after",
                "crash: server | failed protection: server | 9:5: 'failed protection' needs"
                        + " 'mappings'",
                "after: 3rd delivery | after: 3rd delivry | 10:12: unknown moment 'delivry'; did"
                        + " you mean 'delivery'?",
                "after: 3rd delivery | after: delivery | 10:12: 'after' counts moments, such as"
                    + " '3rd flush completion' or '2nd boot of primary', not 'delivery of monitor'",
                "after: 3rd delivery | after: 0th delivery | 10:12: moments are counted from one:"
                        + " 0",
                "of monitor | of motor | 10:12: unknown role 'motor'; did you mean 'monitor'?",
                "heal after: 100 us | heal: 100 us | 11:5: unknown key 'heal'; did you mean 'heal"
                        + " after'?",
                "heal after: 100 us | heal after: -1 us | 11:17: a fault lasts zero or more: '-1"
                        + " us'",
                "heal after: 100 us | at most: 3 | 11:14: 'at most' belongs to faults that strike"
                        + " 'every' so often",
                "heal after: 100 us | at: 3 ms | 9:5: a fault strikes either 'at' a time, or"
                    + " 'after' a moment, or 'every' so often or after 'gaps', or is a 'replay'",
                "server -> monitor | server | 12:15: 'bad link' has two ends, such as 'primary ->"
                        + " pmu-1', not 'server'",
                "loss: 5 % | loss: 150 % | 13:11: 'loss': loss is a probability in [0, 1]: 150 %",
                "loss: 5 % | bandwidth: 0.5 B/s | 13:16: 'bandwidth': a link carries a byte a"
                        + " second or more: 0.5 B/s",
                "every: 3 ms on average | every: 0 ms | 14:12: 'every' needs a mean above zero: '0"
                        + " ms'",
                "at most: 2 | shape: 0 | 15:12: a shape lies in [0.1, 100]: 0.0",
                "limits: {settle: 2 ms} | limits: 5 | 16:9: 'limits' is a mapping of keys and"
                        + " values, not '5'",
                "limits: {settle: 2 ms} | admissible: {powr loss: 1} | 16:14: unknown key 'powr"
                        + " loss'; did you mean 'power loss'?",
                "limits: {settle: 2 ms} | admissible: {power loss: -1} | 16:26: a number of faults"
                        + " is zero or more, or 'any': -1",
                "limits: {settle: 2 ms} | admissible: {power loss: some} | 16:26: 'power loss':"
                        + " 'some' is not a number, such as '20_000'",
                "limits: {settle: 2 ms} | admissible: {power loss: 2147483647} | 16:26: a number of"
                        + " faults is zero or more, or 'any': 2147483647",
                "limits: {settle: 2 ms} | admissible: power loss | 16:13: 'admissible' is a mapping"
                        + " of keys and values, not 'power loss'",
                "limits: {settle: 2 ms} | judged: safty | 16:9: unknown judged 'safty'; did you"
                        + " mean 'safety'?",
                "liveness: 1 s | liveness: 0 s | 17:20: 'liveness': bounds are above zero: 64, 0"
                        + " s, 1000000",
                "seeds: 1..6 | seeds: 6..1 | 18:8: '6..1' is not a range of at most 1000000 seeds,"
                        + " the lower first",
                "seeds: 1..6 | seeds: few | 18:8: 'few' are no seeds, such as '7', '1..20' or"
                        + " '1..5, 9'",
                "settings.loud: [ | setings.loud: [ | 19:9: 'sweep' has keys such as"
                    + " 'settings.persist'; unknown section 'setings'; did you mean 'settings'?",
                "settings.loud: [ | settings.laud: [ | 19:9: unknown key 'laud'; did you mean"
                        + " 'loud'?",
                "[on, off] | [on, on] | 19:29: two variants are called 'loud on'",
                "[on, off] | [on, of] | 19:29: 'loud' is on or off, not 'of'",
                "violated: GROWS | violated: GROW | 21:15: unknown property 'GROW'; did you mean"
                        + " 'GROWS'?",
                "violated: GROWS | breaks: GROWS | 21:5: unknown key 'breaks'; known are: holds,"
                        + " violated, measure, between, of, over, less than, is, within, plus or"
                        + " minus, when",
                "{settings.loud: on} | {settings.lod: on} | 22:12: the variants do not differ in"
                        + " 'settings.lod'; did you mean 'settings.loud'?",
                "{settings.loud: on} | {settings.loud: yes} | 22:27: no variant has 'settings.loud'"
                        + " 'yes'; known are: on, off",
                "holds: all | measure: checkpoint p5 | 23:14: unknown measure 'checkpoint p5'; did"
                        + " you mean 'checkpoint p50'?",
                "holds: all | measure: checkpoint p50 | 23:5: an expectation needs 'between'",
                "holds: all | {violated: GROWS, within: 5 %} | 23:5: 'within' needs 'in': a share"
                        + " of all trials",
                "holds: all | {violated: GROWS, in: 120 %} | 23:5: 'in': a share lies in [0, 1], a"
                        + " tolerance is not negative: 1.2, 0.0",
                "holds: all | {measure: throughput, of: loud on, less than: loud of} | 23:51:"
                        + " unknown variant 'loud of'; did you mean 'loud on'?",
                "seeds: 1..6 | until: {measure: throughput, within: 2} | 18:38: 'within' is a share"
                        + " between 0 and 100 %: '2'",
                "seeds: 1..6 | until: {measure: speed, within: 2 %} | 18:18: unknown measure"
                        + " 'speed'; known are: MEASURES",
                "seeds: 1..6 | include: none.yaml | 18:10: there is no file 'none.yaml' to include",
                "[on, off] | 1..3 step 0 | 19:24: '1..3 step 0': a step is above zero",
                "{settings.loud: [on, off]} | {zip: {settings.loud: [on, off], settings.pause: [1"
                        + " us]}} | 19:57: the lists of a zip are as long as each other:"
                        + " 'settings.pause' has 1, the first has 2",
                "{settings.loud: [on, off]} | {settings.loud: [on, off], only: {settings.lout: on}}"
                        + " | 19:42: 'settings.lout' is not swept; did you mean 'settings.loud'?",
                "{settings.loud: [on, off]} | {settings.loud: [on, off], except: {settings.loud:"
                        + " [on, off]}} | 19:8: no combination of the sweep is left",
                "disk: nvme-plp | model: cloudvm | 7:58: unknown environment 'cloudvm'; did you"
                        + " mean 'cloud-vm'?",
                "name: good | name: Good One | 1:7: 'name' names a folder: lower-case letters,"
                        + " digits and hyphens, not 'Good One'",
                "question: Does it? | questoin: Does it? | 2:1: unknown key 'questoin'; did you"
                        + " mean 'question'?"
            })
    void aMistakeIsAnsweredWithItsPlaceAndWhatWasMeant(String right, String wrong, String message) {
        String text = GOOD.replace(right, wrong);
        UserMistake mistake = assertThrows(UserMistake.class, () -> Toy.experiment(text));
        String measures =
                String.join(
                        ", ",
                        ExpectationReader.MEASURES.stream().map(ExpectationReader::word).toList());
        assertEquals("toy.yaml:" + message.replace("MEASURES", measures), mistake.getMessage());
    }
}
