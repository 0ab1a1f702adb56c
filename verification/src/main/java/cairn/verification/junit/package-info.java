/**
 * For authors of protocols: searches inside JUnit 5 and jqwik, with the story of what they find.
 *
 * <p>With JUnit, {@link cairn.verification.junit.Explored}:
 *
 * {@snippet lang=java :
 * @Explored(runs = 500)
 * void keepsItsPromise(Exploration exploration) {
 *     exploration.of(scenario());
 * }
 * }
 *
 * <p>With jqwik, {@link cairn.verification.junit.Trials}:
 *
 * {@snippet lang=java :
 * @Property
 * void keepsItsPromise(@ForAll("runs") Trial run) { run.mustHold(); }
 * @Provide
 * Arbitrary<Trial> runs() { return Trials.of(scenario()); }
 * }
 *
 * <p>On drawn topologies ({@link cairn.verification.junit.Topologies}), and likewise with plans of
 * {@link cairn.verification.junit.FaultPlans} and with {@link cairn.verification.junit.Settings}:
 *
 * {@snippet lang=java :
 * @Property
 * void keepsItsPromiseAnywhere(@ForAll("runs") Trial run) { run.mustHold(); }
 * @Provide
 * Arbitrary<Trial> runs() {
 *     return Topologies.ofMachines(3, 7).flatMap(put -> Trials.of(scenario(put)));
 * }
 * }
 */
@NullMarked
package cairn.verification.junit;

import org.jspecify.annotations.NullMarked;
