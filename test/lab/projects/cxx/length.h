#ifdef __cplusplus
extern "C"
#endif
int length(int count);
