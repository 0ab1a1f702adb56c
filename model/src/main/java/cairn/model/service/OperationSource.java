package cairn.model.service;

/** An endless source of operations. */
@FunctionalInterface
public interface OperationSource {
    Operation next();
}
