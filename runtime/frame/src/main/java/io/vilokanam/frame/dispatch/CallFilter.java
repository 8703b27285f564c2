package io.vilokanam.frame.dispatch;

/** Which calls an origin may make ({@code OriginTrait::add_filter}). */
@FunctionalInterface
public interface CallFilter {

    boolean allows(RuntimeCall call);
}
