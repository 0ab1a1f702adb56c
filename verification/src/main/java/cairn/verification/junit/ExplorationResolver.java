package cairn.verification.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.lang.reflect.Method;

/** Hands an {@link Exploration} to a test that is {@link Explored}. */
final class ExplorationResolver implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Exploration.class;
    }

    @Override
    public Exploration resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Explored explored = method.getAnnotation(Explored.class);
        if (explored == null) {
            throw new IllegalStateException(method + " has to be annotated with @Explored");
        }
        Transcripts transcripts = Transcripts.of(method.getDeclaringClass(), method.getName());
        return new Exploration(
                explored.runs(), explored.seed(), transcripts, context::publishReportEntry);
    }
}
