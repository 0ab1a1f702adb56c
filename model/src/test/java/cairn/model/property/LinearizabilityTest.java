package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.OTHER_CLIENT;
import static cairn.model.property.Story.PRIMARY;

import static org.junit.jupiter.api.Assertions.assertFalse;

import cairn.model.NodeId;

import org.junit.jupiter.api.Test;

class LinearizabilityTest {

    private static final Till.Move MOVE = new Till.Move(0, 1, 30);
    private static final Till.Look LOOK = new Till.Look(0);

    @Test
    void aStaleReadIsCaughtWithItsSurroundings() {
        new Story("LIN")
                .asks(CLIENT, 1, MOVE)
                .learns(CLIENT, 1, 1)
                .asks(OTHER_CLIENT, 1, LOOK)
                .learns(OTHER_CLIENT, 1, 100)
                .isViolated(
                        "LIN",
                        "no order explains this answer: client-2 Look[account=0]",
                        "answered 100",
                        "The 1 answers before it",
                        "Nothing was concurrent");
    }

    @Test
    void aConcurrentReadMaySeeEitherState() {
        for (long balance : new long[] {100, 70}) {
            new Story("LIN")
                    .asks(CLIENT, 1, MOVE)
                    .asks(OTHER_CLIENT, 1, LOOK)
                    .learns(OTHER_CLIENT, 1, balance)
                    .learns(CLIENT, 1, 1)
                    .holds("LIN");
        }
        new Story("LIN")
                .asks(CLIENT, 1, MOVE)
                .asks(OTHER_CLIENT, 1, LOOK)
                .learns(OTHER_CLIENT, 1, 40)
                .learns(CLIENT, 1, 1)
                .isViolated("LIN", "Concurrent with it: client-1 Move");
    }

    @Test
    void anUnansweredOperationMayHaveTakenEffectOrNot() {
        for (long balance : new long[] {100, 70}) {
            new Story("LIN")
                    .asks(CLIENT, 1, MOVE)
                    .asks(OTHER_CLIENT, 1, LOOK)
                    .learns(OTHER_CLIENT, 1, balance)
                    .asks(OTHER_CLIENT, 2, LOOK)
                    .learns(OTHER_CLIENT, 2, 70)
                    .holds("LIN");
        }
        new Story("LIN")
                .asks(CLIENT, 1, MOVE)
                .asks(OTHER_CLIENT, 1, LOOK)
                .learns(OTHER_CLIENT, 1, 70)
                .asks(OTHER_CLIENT, 2, LOOK)
                .learns(OTHER_CLIENT, 2, 100)
                .isViolated("LIN", "answered 100", "never answered");
    }

    @Test
    void twoThatOverdrawTogetherAreCaught() {
        Till.Move all = new Till.Move(0, 1, 80);
        new Story("LIN")
                .asks(CLIENT, 1, all)
                .asks(OTHER_CLIENT, 1, all)
                .learns(CLIENT, 1, 1)
                .learns(OTHER_CLIENT, 1, 1)
                .isViolated("LIN", "client-2 Move", "client-1 Move");
    }

    @Test
    void withAClaimedOrderALostUpdateIsCaughtAtTheAnswer() {
        new Story("LIN")
                .asks(CLIENT, 1, MOVE)
                .executes(PRIMARY, CLIENT, 1)
                .learns(CLIENT, 1, 1)
                .asks(OTHER_CLIENT, 1, LOOK)
                .executes(BACKUP, OTHER_CLIENT, 1)
                .learns(OTHER_CLIENT, 1, 100)
                .isViolatedAtOnce("LIN", "answered 100");
    }

    @Test
    void aClaimedOrderIsOnlyAHint() {
        // The claims say that the read came second, but its answer says that it came first.
        new Story("LIN")
                .asks(CLIENT, 1, MOVE)
                .asks(OTHER_CLIENT, 1, LOOK)
                .executes(PRIMARY, CLIENT, 1)
                .executes(PRIMARY, OTHER_CLIENT, 1)
                .learns(OTHER_CLIENT, 1, 100)
                .learns(CLIENT, 1, 1)
                .holds("LIN");
    }

    @Test
    void anExecutionThatWasLostAndDoneAgainCountsWhenItWasDoneAgain() {
        Story story =
                new Story("LIN")
                        .asks(CLIENT, 1, MOVE)
                        .executes(PRIMARY, CLIENT, 1)
                        .asks(OTHER_CLIENT, 1, LOOK)
                        .executes(BACKUP, OTHER_CLIENT, 1)
                        .learns(OTHER_CLIENT, 1, 100)
                        .executes(BACKUP, CLIENT, 1)
                        .learns(CLIENT, 1, 1);
        assertFalse(story.isViolated());
        story.holds("LIN");
    }

    @Test
    void aSearchThatIsTooLongSaysSo() {
        Story story = new Story(Story.promise(true), new Bounds(3, 1, 20), "LIN");
        for (int i = 0; i < 8; i++) {
            story.asks(new NodeId(5 + i), 1, new Till.Move(0, 1, i + 1));
        }
        story.asks(CLIENT, 2, LOOK)
                .learns(CLIENT, 2, 1)
                .isInconclusive("LIN", "unknown after 10 states", "client-1 Look");
    }
}
