package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.Answer;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ShrinkerTest {

    private static List<Answer> answers(int latencies) {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < latencies; i++) {
            answers.add(new Answer("latency n1>n2", i, 7));
            answers.add(new Answer("latency n2>n1", i, 9));
        }
        answers.add(3, new Answer("crash n1", 0, 5));
        return answers;
    }

    @Test
    void onlyWhatBreaksTheRunIsLeft() {
        var needed = List.of(new Answer("crash n1", 0, 5), new Answer("latency n2>n1", 331, 9));
        var shrinker = new Shrinker(left -> left.containsAll(needed), 10_000);
        assertEquals(needed, shrinker.shrink(answers(500)));
        assertTrue(shrinker.runs() < 200, shrinker.runs() + " runs");
    }

    @Test
    void noAnswerIsLeftWhenCalmAloneBreaks() {
        assertEquals(List.of(), new Shrinker(left -> true, 100).shrink(answers(10)));
    }

    @Test
    void whatIsLeftStillBreaksWhenTheRunsAreUsedUp() {
        var needed = new Answer("latency n1>n2", 77, 7);
        var shrinker = new Shrinker(left -> left.contains(needed), 9);
        List<Answer> left = shrinker.shrink(answers(200));
        assertTrue(left.contains(needed));
        assertEquals(9, shrinker.runs());
        assertTrue(left.size() < 201, left.size() + " left");
    }
}
