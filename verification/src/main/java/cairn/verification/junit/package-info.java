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
 */
@NullMarked
package cairn.verification.junit;

import org.jspecify.annotations.NullMarked;
